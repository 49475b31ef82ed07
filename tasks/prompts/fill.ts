/** A template that cannot be filled: a variable or condition that there is not, or braces that do not close. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** What a template may ask for. */
export interface TemplateValues {
  /** Put in the place of `{{name}}`, as they are: braces in a value are not read again. */
  variables: Readonly<Record<string, string>>;
  /** A line that begins with `{{if name}}` stands only where the condition holds. */
  conditions: Readonly<Record<string, boolean>>;
}

/**
 * Fills a template.
 * @throws TemplateError that names what is unknown, and what there is.
 */
export function fill(template: string, values: TemplateValues): string {
  return template
    .split('\n')
    .flatMap((line) => keepLine(line, values.conditions))
    .map((line) => fillLine(line, values.variables))
    .join('\n');
}

const condition = /^\{\{if ([A-Za-z]+)\}\}/;

function keepLine(line: string, conditions: TemplateValues['conditions']): string[] {
  const [prefix = '', name = ''] = condition.exec(line) ?? [];
  if (prefix === '') return [line];
  if (!Object.hasOwn(conditions, name)) {
    throw new TemplateError(
      `There is no condition "${name}" in: ${line}. Conditions: ${Object.keys(conditions).join(', ')}.`,
    );
  }
  return conditions[name] === true ? [line.slice(prefix.length)] : [];
}

function fillLine(line: string, variables: TemplateValues['variables']): string {
  const parts = line.split(/(\{\{[A-Za-z]+\}\})/);
  const filled = parts.map((part, i) => {
    // A split with a group gives text and variables in turn.
    if (i % 2 === 0) {
      if (part.includes('{{')) throw new TemplateError(`"{{" is not the start of a variable in: ${line}`);
      return part;
    }
    const name = part.slice(2, -2);
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) return value;
    throw new TemplateError(
      `There is no variable "${name}" in: ${line}. Variables: ${Object.keys(variables).join(', ')}.`,
    );
  });
  return filled.join('');
}
