import { isObject, resolvePointer, type Json } from '../../../tasks/json.ts';

const longest = 1_500;

/** What the contract says at a JSON pointer, for people: a rule's sentence, or the part itself as JSON. */
export function excerpt(contract: Json, pointer: string): { kind: 'sentence' | 'json'; text: string } {
  const value = resolved(contract, pointer);
  if (value === undefined)
    return { kind: 'sentence', text: 'This version of the contract has nothing there.' };
  if (typeof value === 'string') return { kind: 'sentence', text: value };
  if (isObject(value) && typeof value['text'] === 'string') return { kind: 'sentence', text: value['text'] };
  const text = JSON.stringify(value, null, 2);
  return { kind: 'json', text: text.length > longest ? `${text.slice(0, longest)}\n…` : text };
}

/** What a pointer leads to; where only a reference stands, what that leads to. */
function resolved(contract: Json, pointer: string, turns = 5): Json | undefined {
  const value = resolvePointer(contract, pointer);
  const reference = isObject(value) && Object.keys(value).length === 1 ? value['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#/') || turns === 0) return value;
  return resolved(contract, reference.slice(1), turns - 1) ?? value;
}

/** The same from the contract of the tasks, which is loaded when it is first asked for. */
export async function loadExcerpt(pointer: string): Promise<ReturnType<typeof excerpt>> {
  const { contract } = await import('../../../tasks/contract/index.ts');
  return excerpt(contract, pointer);
}
