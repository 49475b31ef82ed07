/** Pairs of ids, such as who follows whom: nobody does it twice. */
export class Relation {
  #others = new Map();

  add(one, other) {
    this.of(one).add(other);
  }

  remove(one, other) {
    this.of(one).delete(other);
  }

  has(one, other) {
    return this.#others.get(one)?.has(other) ?? false;
  }

  count(one) {
    return this.#others.get(one)?.size ?? 0;
  }

  of(one) {
    let others = this.#others.get(one);
    if (!others) this.#others.set(one, (others = new Set()));
    return others;
  }
}
