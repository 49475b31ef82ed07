import type { RealmContext } from '../context.ts';
import { host } from '../host.ts';
import { PortData, type Message } from './port-data.ts';
import { Threads } from './threads.ts';

interface Group {
  readonly members: Set<Member>;
  readonly native: BroadcastChannel;
}

/** A port of a broadcast channel: what it sends goes to all others of its name. */
class Member extends PortData {
  readonly #group: Group;
  readonly #leave: () => void;

  constructor(realm: RealmContext, group: Group, leave: (member: Member) => void) {
    super(realm.fs);
    this.#group = group;
    this.#leave = () => leave(this);
  }

  override send(message: Message): void {
    for (const member of this.#group.members) if (member !== this) member.take(message);
    this.#group.native.postMessage(message);
  }

  take(message: Message): void {
    this.queue.push(message);
    this.owner?.wake();
  }

  override close(): void {
    this.#leave();
    super.close();
  }
}

/** The broadcast channels of a thread, by name. The browser carries what is sent to the other threads of the process. */
export class BroadcastGroups {
  readonly #realm: RealmContext;
  readonly #groups = new Map<string, Group>();

  constructor(realm: RealmContext) {
    this.#realm = realm;
  }

  join(name: string): PortData {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = {
        members: new Set(),
        native: new host.BroadcastChannel(`${Threads.of(this.#realm).secret} ${name}`),
      };
      this.#groups.set(name, group);
      const { members, native } = group;
      native.onmessage = (event: MessageEvent<Message>) => {
        for (const member of members) member.take(event.data);
      };
    }
    const joined = group;
    const member = new Member(this.#realm, joined, (gone) => {
      joined.members.delete(gone);
      if (joined.members.size > 0) return;
      joined.native.close();
      this.#groups.delete(name);
    });
    joined.members.add(member);
    return member;
  }
}
