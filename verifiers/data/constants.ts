import type { Expression, Module, Project } from '../syntax/types.ts';
import type { Values } from './arguments.ts';
import { writtenText } from './sql.ts';

export class Constants implements Values {
  constructor(readonly project: Project) {}
  texts(module: Module, expression: Expression): readonly string[] {
    if (expression.kind === 'operation' && ['||', '??', 'or'].includes(expression.operator)) {
      return expression.operands.flatMap((one) => this.texts(module, one));
    }
    if (expression.kind === 'call') {
      const name =
        expression.callee.kind === 'member' || expression.callee.kind === 'name'
          ? expression.callee.name
          : '';
      const second = expression.args[1];
      if (['get', 'getenv', 'setdefault'].includes(name))
        return second === undefined ? [] : this.texts(module, second.value);
    }
    const text = writtenText(this.project, module, expression);
    return text === undefined ? [] : [text];
  }
  sides(): 'both' {
    return 'both';
  }
  variable(): undefined {
    return undefined;
  }
}
