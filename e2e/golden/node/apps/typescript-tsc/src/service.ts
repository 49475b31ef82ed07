import type { User } from './types';
export class Service {
  readonly #users = new Map<number, User>([[1, { id: 1, name: 'Ann' }]]);
  find = (id: number) => this.#users.get(id);
}
