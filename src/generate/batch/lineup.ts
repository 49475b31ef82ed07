import { presetOf } from '../client/presets.ts';
import type { BatchModel } from './state.ts';

/** Names of parameters as people read them beside a model. */
const words = {
  temperature: 'temperature',
  topP: 'top-p',
  seed: 'seed',
  reasoningEffort: 'effort',
  maxTokens: 'tokens',
} as const;

/** Parameters in one line, such as `temperature 0, effort low`; empty when there are none. */
export const parametersText = ({ parameters }: Pick<BatchModel, 'parameters'>): string =>
  (Object.keys(words) as (keyof typeof words)[])
    .flatMap((name) => (parameters[name] === undefined ? [] : [`${words[name]} ${parameters[name]}`]))
    .join(', ');

/** Whether both would ask the same model in the same way. */
export const sameModel = (a: BatchModel, b: BatchModel): boolean =>
  a.id === b.id &&
  a.connection.address === b.connection.address &&
  a.connection.api === b.connection.api &&
  parametersText(a) === parametersText(b);

/**
 * Models with labels of their own: the name, and where two have the same, in what they differ. Tables and curves go by the
 * label. One that is there twice is taken once.
 */
export function lineUp(models: readonly BatchModel[]): BatchModel[] {
  const own = models.filter((model, at) => models.findIndex((one) => sameModel(one, model)) === at);
  const taken = new Set<string>();
  return own.map((model) => {
    const namesakes = own.filter(({ id }) => id === model.id);
    const parts = [
      [model.connection.address, (one: BatchModel) => one.connection.address, provider(model, namesakes)],
      [model.connection.api, (one: BatchModel) => one.connection.api, model.connection.api],
      [parametersText(model), parametersText, parametersText(model) || 'as the provider has it'],
    ] as const;
    const differing = parts.flatMap(([mine, of, said]) =>
      namesakes.some((one) => of(one) !== mine) ? [said] : [],
    );
    const full = differing.length === 0 ? model.id : `${model.id} (${differing.join(', ')})`;
    let label = full.slice(0, 190);
    for (let number = 2; taken.has(label); number++) label = `${full.slice(0, 190)} ${number}`;
    taken.add(label);
    return { ...model, label };
  });
}

/** The name of a provider, or its address when another of the same name is asked for the same model. */
function provider({ connection }: BatchModel, namesakes: readonly BatchModel[]): string {
  const twin = namesakes.some(
    (one) => one.connection.preset === connection.preset && one.connection.address !== connection.address,
  );
  return twin || connection.preset === 'custom'
    ? connection.address.replace(/^https?:\/\//, '')
    : presetOf(connection.preset).name;
}
