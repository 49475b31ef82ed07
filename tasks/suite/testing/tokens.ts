/** Tokens in the form of JSON Web Tokens, valid because this has given them out. */
export class Tokens<Owner> {
  readonly #owners = new Map<string, Owner>();

  give(owner: Owner): string {
    const part = (value: object) =>
      btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
    const id = this.#owners.size + 1;
    const signature = crypto.randomUUID().replaceAll('-', '');
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: id })}.${signature}`;
    this.#owners.set(token, owner);
    return token;
  }

  ownerOf(token: string): Owner | undefined {
    return this.#owners.get(token);
  }

  /** The owner of a token that is the same but for its signature. */
  ownerOfUnsigned(token: string): Owner | undefined {
    const claims = (text: string) => text.split('.').slice(0, 2).join('.');
    const known = [...this.#owners.keys()].find((one) => claims(one) === claims(token));
    return known === undefined ? undefined : this.#owners.get(known);
  }
}
