import { presets } from '../../generate/client/presets.ts';
import type { HelpSection } from '../english/help.ts';
import { helpModelsText as text } from '../english/help-models.ts';
import { modelsText } from '../english/models.ts';

/** @param origin - of the page, which local servers have to allow, e.g. `http://localhost:5173` */
export function modelsSection(origin: string): HelpSection {
  const rows = presets.map(({ name, address, key, cors }) => [
    name,
    address === '' ? text.providers.custom : `\`${address}\``,
    text.providers.keys[key],
    text.providers.cors[cors],
  ]);
  const { allowing } = modelsText.connection;
  const howTo = presets.flatMap(({ id, name, link }) => {
    const way = allowing[id];
    if (way === undefined) return [];
    const command = way.command === undefined ? '' : ` \`${way.command(origin)}\``;
    const manual = link === undefined ? '' : ` [${modelsText.connection.manual(name)}](${link})`;
    return [way.text + command + manual];
  });
  return {
    id: 'models',
    title: text.title,
    blocks: [
      ...text.lead,
      { caption: text.providers.caption, head: text.providers.head, rows },
      { heading: text.localHeading },
      text.local(origin),
      { list: howTo },
      { heading: text.testHeading },
      text.test,
      text.noWebGpu,
    ],
  };
}
