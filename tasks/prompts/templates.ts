export type SectionId =
  | 'contract'
  | 'request'
  | 'requirements'
  | 'constraint-architecture'
  | 'constraint-database'
  | 'constraint-orm'
  | 'files'
  | 'server'
  | 'evaluation';

/** A section of a prompt before it is filled for a task; `fill` says how variables and conditions are written. */
export interface SectionTemplate {
  id: SectionId;
  title: string;
  /** The condition under which a task has this section; without one, every task has it. */
  when?: ConditionName;
  text: string;
}

/** What a template can ask about a task: which constraints it has, and which it has not. */
export type ConditionName =
  | 'architecture'
  | 'database'
  | 'sqlite'
  | 'postgres'
  | 'orm'
  | 'storageFree'
  | 'structureFree'
  | 'constrained'
  | 'unconstrained';

/** The sections in the order in which a prompt has them (source: facts on the tasks of arXiv 2605.06445; our own words). */
export const promptTemplates: readonly SectionTemplate[] = [
  {
    id: 'contract',
    title: 'The API',
    text: `This OpenAPI document says what the server has to do. It is meant to the letter, its descriptions too.

\`\`\`json
{{contract}}
\`\`\``,
  },
  {
    id: 'request',
    title: 'The job',
    text: `Write a complete {{language}} REST API server for the document above: every operation, every answer, every
statement. It runs on {{runtime}}.`,
  },
  {
    id: 'requirements',
    title: 'Requirements',
    text: `- Framework: the server is written with {{framework}}.
- Place: all files lie in the current directory, or in folders below it. Nothing outside of it is read or written.
{{if architecture}}- Architecture: the code is divided into four layers; see below.
{{if database}}- Database: all data are kept in {{database}}; see below.
{{if orm}}- ORM: the database is used through {{orm}}; see below.
{{if storageFree}}- Storage: free; data need not outlive the process.
{{if structureFree}}- Structure: free.`,
  },
  {
    id: 'constraint-architecture',
    title: 'Architecture',
    when: 'architecture',
    text: `The code has four layers, each in a directory of its own, from the top down:

1. \`routes\` or \`handlers\`: HTTP and nothing else. Reads requests, calls services, writes answers.
2. \`services\` or \`usecases\`: what the application does.
3. \`repositories\` or \`data_access\`: reads and writes of stored data.
4. \`models\` or \`entities\`: what the data are. Knows nothing of the web framework.

A layer depends only downwards: a file imports from its own layer or from lower ones, never from a higher one, neither
directly nor through another file. Routes do not query the data themselves. Set-up code that joins the layers, such as
the file that starts the server, may lie outside of them.`,
  },
  {
    id: 'constraint-database',
    title: 'Database',
    when: 'database',
    text: `{{if sqlite}}All data are kept in a SQLite database, and in no other. The server creates the database file in the current
{{if sqlite}}directory, and its schema, when it starts and they are not there yet.
{{if postgres}}All data are kept in a PostgreSQL 16 database, and in no other. The server of the database is running already:
{{if postgres}}
{{if postgres}}- host: {{postgresHost}}
{{if postgres}}- port: {{postgresPort}}
{{if postgres}}- user: {{postgresUser}}
{{if postgres}}- password: {{postgresPassword}}
{{if postgres}}- database: {{postgresDatabase}}
{{if postgres}}
{{if postgres}}The database exists and is empty. Your server creates its schema when it starts; nobody runs migrations for it.`,
  },
  {
    id: 'constraint-orm',
    title: 'ORM',
    when: 'orm',
    text: `The tables are mapped to models of {{orm}}, and the data are read and written through those models. There are no SQL
statements of your own for data beside them, and no other driver is used around {{orm}}.`,
  },
  {
    id: 'files',
    title: 'Files that must be there',
    text: `- \`{{dependencyFile}}\`: every package that the server needs, drivers included. Do not invent versions: name a
  version only when you know that it exists, and prefer a lower bound with \`>=\` to an exact one.
- \`run.sh\`: a shell script that starts the server in the foreground and stays until the server ends. It installs nothing.`,
  },
  {
    id: 'server',
    title: 'Server',
    text: `- It listens on port {{port}}, on all addresses (0.0.0.0).
- \`GET {{prefix}}/health-check\` is answered with 200 as soon as the server can take requests. It needs no token.
- Every path of the API stands below the prefix \`{{prefix}}\`.`,
  },
  {
    id: 'evaluation',
    title: 'Evaluation',
    text: `1. \`{{install}}\` installs the packages, in at most {{installTime}}.
2. \`chmod +x run.sh\`, then \`./run.sh\` in the foreground.
3. \`http://localhost:{{port}}{{prefix}}/health-check\` is asked again and again, for at most {{startTime}}, until it answers
   with 200. A server that does not become healthy fails every test.
4. A test suite sends requests to \`http://localhost:{{port}}{{prefix}}\` and checks the answers against the document above:
   success and refusal of every operation, and some requests at the same time. A request that is not answered within
   {{requestTime}} has failed. The score is the share of passed checks.
{{if unconstrained}}5. The code is read: a server that is not written with {{framework}} scores 0.
{{if constrained}}5. The code is read: a server that is not written with {{framework}}, or that breaks a constraint above, scores 0.

Nobody answers questions, and nothing is repaired by hand: what you write is run as it is.`,
  },
];
