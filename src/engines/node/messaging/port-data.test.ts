import { expect, it } from 'vitest';
import { SharedFs } from '../../fs/shared-fs.ts';
import { PortData, type Message } from './port-data.ts';

const disk = () => SharedFs.create({ bytes: 16 * 2 ** 20, fileBytes: 2 ** 20, inodes: 1_000 });
const message = (text: string): Message => ({ bytes: new TextEncoder().encode(text), enclosures: [] });
const text = (found: Message | undefined) => found && new TextDecoder().decode(found.bytes);

it('passes messages between two ports of one thread', () => {
  const [one, two] = PortData.pair(disk());
  one.send(message('a'));
  one.send(message('b'));
  expect([text(two.next()), text(two.next()), two.next()]).toEqual(['a', 'b', undefined]);
  one.close();
  expect(two.peerClosed).toBe(true);
});

it('lets a port that was sent away be read without a turn of the loop, what was sent before included', () => {
  const fs = disk();
  const [here, away] = PortData.pair(fs);
  here.send(message('before'));
  const transfer: Transferable[] = [];
  const there = PortData.fromWire(SharedFs.attach(fs.buffer, 2), away.toWire(transfer));
  expect(transfer).toHaveLength(1);
  here.send(message('after'));
  there.send(message('answer'));
  expect([text(there.next()), text(there.next()), text(here.next())]).toEqual(['before', 'after', 'answer']);
  here.close();
  there.poll();
  expect(there.peerClosed).toBe(true);
  there.close();
});

it('keeps the order when one message needs the other way', async () => {
  const fs = disk();
  const [here, away] = PortData.pair(fs);
  const there = PortData.fromWire(fs, away.toWire([]));
  const buffer = new SharedArrayBuffer(8);
  here.send({ ...message('shared'), enclosures: [{ kind: 'shared', buffer }] });
  here.send(message('plain'));
  await new Promise<void>(
    (resolve) =>
      (there.owner = {
        wake: () => there.queue.length < 2 && (there.poll(), there.queue.length === 2) && resolve(),
      }),
  );
  expect([text(there.next()), text(there.next())]).toEqual(['shared', 'plain']);
  here.close();
  there.close();
});
