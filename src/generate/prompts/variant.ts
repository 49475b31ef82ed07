import * as v from 'valibot';
import {
  buildPrompt,
  promptTemplates,
  promptValues,
  promptVersion,
  TemplateError,
} from '../../../tasks/prompts/index.ts';
import { fill } from '../../../tasks/prompts/fill.ts';
import type { PromptSource } from '../../domain/generation.ts';
import type { Task } from '../../domain/task.ts';

const longest = 200_000;
const text = v.pipe(v.string(), v.maxLength(longest));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));

/** A section as a person has it: one of ours, changed or not, or one of their own. */
export const variantSection = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  title: v.pipe(v.string(), v.maxLength(120)),
  /** A template; see docs/prompts.md. */
  text,
  /** The condition under which a task has it; must be one that there is. */
  when: v.optional(v.string()),
  /** Left out of the prompt, and kept. */
  off: v.optional(v.boolean()),
});
export type VariantSection = v.InferOutput<typeof variantSection>;

/** A prompt that a person edited and named. Version 1. */
export const promptVariant = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  name,
  /** ISO 8601. */
  createdAt: v.string(),
  changedAt: v.string(),
  /** Version of our templates that it began with. */
  basedOn: v.string(),
  sections: v.pipe(v.array(variantSection), v.maxLength(60)),
  /** In place of all sections: one template for the whole prompt. */
  whole: v.optional(text),
  /** Variables of their own, beside ours and never in place of them. */
  variables: v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z]{1,40}$/)),
    v.pipe(v.string(), v.maxLength(20_000)),
  ),
});
export type PromptVariant = v.InferOutput<typeof promptVariant>;

/** A prompt that is filled for a task. */
export interface RenderedPrompt {
  readonly text: string;
  readonly sections: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  /** What a run record says about it. */
  readonly source: PromptSource;
}

/** Our own sections, to be edited. */
export function newVariant(given: { id: string; name: string; now: Date }): PromptVariant {
  const at = given.now.toISOString();
  return {
    version: 1,
    id: given.id,
    name: v.parse(name, given.name),
    createdAt: at,
    changedAt: at,
    basedOn: promptVersion,
    sections: promptTemplates.map((section) => ({ ...section })),
    variables: {},
  };
}

/** Our own prompt for a task. */
export function renderTemplate(task: Task): RenderedPrompt {
  const { text: whole, sections, version } = buildPrompt(task);
  return { text: whole, sections, source: { kind: 'template', version } };
}

/**
 * A variant filled for a task. One that differs in nothing from ours is ours.
 * @throws TemplateError when it names a variable or a condition that there is not
 */
export function renderVariant(task: Task, variant: PromptVariant): RenderedPrompt {
  const own = promptValues(task);
  const values = { conditions: own.conditions, variables: { ...variant.variables, ...own.variables } };
  const conditions: Readonly<Record<string, boolean>> = own.conditions;
  const holds = (when: string): boolean => {
    if (Object.hasOwn(conditions, when)) return conditions[when] === true;
    throw new TemplateError(
      `There is no condition "${when}". Conditions: ${Object.keys(conditions).join(', ')}.`,
    );
  };
  const sections = variant.sections
    .filter(({ off, when }) => off !== true && (when === undefined || holds(when)))
    .map(({ id, title, text: template }) => ({ id, title, text: fill(template, values) }));
  const joined = sections.map((section) => `# ${section.title}\n\n${section.text}\n`).join('\n');
  const whole = variant.whole === undefined ? joined : fill(variant.whole, values);
  const ours = renderTemplate(task);
  if (whole === ours.text) return ours;
  return {
    text: whole,
    sections: variant.whole === undefined ? sections : [],
    source: { kind: 'custom', text: whole },
  };
}

/** Changes one section. */
export function editSection(
  variant: PromptVariant,
  id: string,
  change: Partial<Omit<VariantSection, 'id'>>,
  now: Date,
): PromptVariant {
  return touched(variant, now, {
    sections: variant.sections.map((section) => (section.id === id ? { ...section, ...change } : section)),
  });
}

/** Gives a section our own text again; one of the person's own is removed. */
export function resetSection(variant: PromptVariant, id: string, now: Date): PromptVariant {
  const ours = promptTemplates.find((section) => section.id === id);
  const sections = variant.sections.flatMap((section) => {
    if (section.id !== id) return [section];
    return ours === undefined ? [] : [{ ...ours }];
  });
  return touched(variant, now, { sections });
}

/** Adds a section at the end. Its id is new. */
export function addSection(
  variant: PromptVariant,
  title: string,
  template: string,
  now: Date,
): PromptVariant {
  const ids = new Set(variant.sections.map((section) => section.id));
  let number = 1;
  while (ids.has(`own-${number}`)) number++;
  return touched(variant, now, {
    sections: [...variant.sections, { id: `own-${number}`, title, text: template }],
  });
}

/** Moves a section one place up (-1) or down (1). */
export function moveSection(variant: PromptVariant, id: string, by: -1 | 1, now: Date): PromptVariant {
  const at = variant.sections.findIndex((section) => section.id === id);
  const moved = variant.sections[at];
  const other = variant.sections[at + by];
  if (moved === undefined || other === undefined) return variant;
  const sections = [...variant.sections];
  sections[at] = other;
  sections[at + by] = moved;
  return touched(variant, now, { sections });
}

/**
 * Edits the prompt as one text from now on: the sections of the task at hand joined, with their variables still in them.
 */
export function toWhole(variant: PromptVariant, task: Task, now: Date): PromptVariant {
  const conditions: Readonly<Record<string, boolean>> = promptValues(task).conditions;
  const kept = variant.sections.filter(
    ({ off, when }) => off !== true && (when === undefined || conditions[when] === true),
  );
  const whole = kept.map((section) => `# ${section.title}\n\n${section.text}\n`).join('\n');
  return touched(variant, now, { whole });
}

export function setWhole(variant: PromptVariant, whole: string | undefined, now: Date): PromptVariant {
  const { whole: _, ...rest } = variant;
  return { ...rest, ...(whole !== undefined && { whole }), changedAt: now.toISOString() };
}

/** @throws ValiError when a name is no variable's, or a value is too long */
export function setVariables(
  variant: PromptVariant,
  variables: Record<string, string>,
  now: Date,
): PromptVariant {
  return touched(variant, now, { variables: v.parse(promptVariant.entries.variables, variables) });
}

/** Variables that templates may name for a task, ours and the variant's own. */
export function variableNames(task: Task, variant?: PromptVariant): string[] {
  return [
    ...new Set([...Object.keys(promptValues(task).variables), ...Object.keys(variant?.variables ?? {})]),
  ];
}

const touched = (variant: PromptVariant, now: Date, change: Partial<PromptVariant>): PromptVariant => ({
  ...variant,
  ...change,
  changedAt: now.toISOString(),
});
