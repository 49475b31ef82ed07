import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Profile } from '../../../domain/verdict.ts';
import { codeText, markNames, profilesText, ruleAdvice } from '../../english/code.ts';
import { shown } from '../../text/visible.ts';
import { monaco } from '../editor/monaco.ts';
import type { Mark } from './marks.ts';

const owner = 'run';

/** Puts marks into a model: underlined where something is to change, with an explanation on hover; in the margin for all. */
export function setMarkers(model: editor.ITextModel, marks: readonly Mark[], deciding: Profile): void {
  const markers = marks
    .filter(({ kind }) => kind !== 'syntax')
    .map((mark): editor.IMarkerData => {
      const { lineNumber, column } = model.validatePosition({ lineNumber: mark.line, column: mark.column });
      const last = model.getLineMaxColumn(lineNumber);
      const first = model.getLineFirstNonWhitespaceColumn(lineNumber) || 1;
      return {
        severity: severityOf(mark),
        message: messageOf(mark, deciding),
        source: mark.rule ?? markNames[mark.kind],
        startLineNumber: lineNumber,
        startColumn: Math.max(column, first),
        endLineNumber: lineNumber,
        endColumn: last,
      };
    });
  monaco.editor.setModelMarkers(model, owner, markers);
}

/** What a mark says when it is pointed at: what, who says so, and what to do. */
export function messageOf(mark: Mark, deciding: Profile): string {
  const { kind, rule, profiles = [] } = mark;
  const lines = [`${markNames[kind]}: ${shown(mark.message, 1_000)}`];
  if (rule !== undefined) lines.push(`Rule ${rule}, ${profilesText(profiles, deciding)}.`);
  if (rule !== undefined && (kind === 'violation' || kind === 'other')) lines.push(ruleAdvice[rule]);
  if (mark.stale) lines.push(codeText.stale);
  return lines.join('\n');
}

/** Evidence and what is out of date are hints: seen when looked for, passed over by F8. */
function severityOf({ kind, stale }: Mark): number {
  const { Error, Warning, Hint } = monaco.MarkerSeverity;
  if (stale || kind === 'evidence' || kind === 'note') return Hint;
  return kind === 'other' ? Warning : Error;
}

const dots: Readonly<Record<Mark['kind'], string>> = {
  violation: 'mark-fail',
  error: 'mark-fail',
  syntax: 'mark-fail',
  other: 'mark-warn',
  evidence: 'mark-pass',
  note: 'mark-note',
};

/** Dots beside the lines, of which the strongest of a line is seen. */
export function marginOf(marks: readonly Mark[], deciding: Profile): editor.IModelDeltaDecoration[] {
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) byLine.set(mark.line, [...(byLine.get(mark.line) ?? []), mark]);
  return [...byLine].flatMap(([line, on]) => {
    const [first] = on;
    if (first === undefined) return [];
    return [
      {
        range: new monaco.Range(line, 1, line, 1),
        options: {
          glyphMarginClassName: `mark ${first.stale ? 'mark-stale' : dots[first.kind]}`,
          glyphMarginHoverMessage: on.map((mark) => ({ value: asMarkdownText(messageOf(mark, deciding)) })),
        },
      },
    ];
  });
}

/** Text of a submission is no Markdown: every mark of it is escaped. */
function asMarkdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~&:@]/g, '\\$&').replaceAll('\n', '  \n');
}
