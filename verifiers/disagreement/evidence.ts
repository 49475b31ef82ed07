import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import type { Scene } from './places.ts';

/** Why the profiles differ on the database or the ORM, the evidence of which the paper takes from text. */
export function explainEvidence(scene: Scene, paper: RuleResult, parser: RuleResult): string {
  return paper.compliant ? explainContent(scene, paper, parser) : explainAlarm(scene, paper, parser);
}

/** The paper is content with evidence that says less than it takes. */
function explainContent(scene: Scene, paper: RuleResult, parser: RuleResult): string {
  const [reason] = parser.findings;
  const [evidence] = paper.findings;
  if (reason === undefined || evidence === undefined)
    return 'The paper’s rule asks for evidence in the text only.';
  const parserSays = `${lead(reason)}${reason.message}`;
  if (reason.message.includes('but the task wants'))
    return `The paper’s rule does not notice the other database: ${parserSays}.`;
  return `The paper’s rule is content with ${describe(scene, evidence)}; in fact, ${parserSays}.`;
}

/** The paper misses what is there, or counts what is not. */
function explainAlarm(scene: Scene, paper: RuleResult, parser: RuleResult): string {
  const counted = paper.findings.filter(({ message }) => message.includes(' is evidence of '));
  const [found] = parser.findings;
  const missing = paper.findings.find(({ message }) => message.startsWith('there is no evidence'));
  if (missing !== undefined && found !== undefined)
    return `What is used is no evidence for the paper’s rule: ${lead(found)}${found.message}.`;
  const said = counted.slice(0, 2).map((finding) => describe(scene, finding, overruled));
  return `The paper’s rule counts ${said.join('; it counts ')}.`;
}

/** Said of evidence in code that runs, when it is not what takes effect. */
const overruled =
  ', which does not take effect: values that run.sh sets, a branch or a later value decide otherwise';

/** `the name SQLAlchemy at requirements.txt:2, a declared dependency`. */
function describe(scene: Scene, { file, line, column, message }: Finding, inCode = ''): string {
  const [label = message] = message.split(' is evidence of ');
  const where = `${label} at ${file}:${line}`;
  const standing = scene.standing(file);
  if (standing !== undefined) return `${where}, ${standing}`;
  const isComment = scene.place(file, scene.offset(file, line, column)) === 'comment';
  return where + (isComment ? ', a comment' : inCode);
}

function lead({ file, line }: Finding): string {
  return file === '' ? '' : `${file}:${line}: `;
}
