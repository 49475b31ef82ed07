MARK = 'the email module of the program'
