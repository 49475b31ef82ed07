/** What scaffolds tell a model besides the prompt of the task. */

/** How files are to be written, so that they can be read from the answer. */
export const answerFormat = `# How to answer

Write every file as a fenced code block with its path behind the language:

\`\`\`js src/example.js
// the whole file
\`\`\`

Paths are relative to the top directory. Write whole files, never excerpts, and leave nothing out for brevity. Use a
longer fence (four backticks) around a file that has three backticks in it. Text outside of these blocks is not used.`;

export const changeFormat = `Answer with the files that change, whole, in the same form as before; files that you do not write stay as they
are. A file that has to go is written as a diff that removes it.`;

export const goOn = `Your answer was cut off. Go on exactly where it stopped, in the middle of the line if need be. Do not repeat what
is there, and do not open the block again.`;

export const planRequest = `Before any code: write a plan for this server, in at most 60 lines. Name each file and what it holds, the
packages, how data are stored, how the token is checked, how errors are answered, and what in the document is easily
missed. Write no code yet.`;

export const writeRequest =
  'Now write the server after your plan. Where the plan is wrong, do what is right.';
