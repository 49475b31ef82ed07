'use strict';

/** A user as the application knows them; `bio` and `image` may be null. */
class User {
  constructor({ id, username, email, passwordHash, bio, image }) {
    this.id = id;
    this.username = username;
    this.email = email;
    this.passwordHash = passwordHash;
    this.bio = bio;
    this.image = image;
  }
}

module.exports = { User };
