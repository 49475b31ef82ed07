import { placeOf } from './address.ts';
import { ownFailure, type Failure } from './failure.ts';
import { cases, wordsFor, type WordContext } from './words.ts';

/** What a page can find out about a request that failed without a word. */
export interface Surroundings {
  readonly pageAddress: string;
  readonly online: boolean;
  /** Whether the page may ask the local network; `unknown` where the browser has no such rule. */
  localNetwork(): Promise<'granted' | 'denied' | 'prompt' | 'unknown'>;
  /** Whether anything answers there, readable or not; undefined when that cannot be told. Sends no key. */
  answers(address: string): Promise<boolean | undefined>;
  /** Whether the page's own policy stopped a request to this address. */
  blocked(address: string): boolean;
}

/**
 * Why the browser gave no response: it says nothing but "failed", so this asks around.
 * @param address - base address of the API
 */
export async function diagnose(
  address: string,
  words: WordContext,
  surroundings: Surroundings,
  detail: string,
): Promise<Failure> {
  const place = placeOf(address);
  const page = placeOf(surroundings.pageAddress);
  const more = { detail };
  const final = { detail, again: false };
  if (surroundings.blocked(address))
    return ownFailure('address', cases.refusedByPage(new URL(address).origin), final);
  if (!surroundings.online && place === 'public') return ownFailure('network', cases.offline, more);
  const secure = surroundings.pageAddress.startsWith('https:');
  if (secure && address.startsWith('http:') && place === 'public')
    return ownFailure('mixed-content', wordsFor('mixed-content', words), final);
  const crossesIn = place !== 'public' && page !== 'loopback' && !(page === 'private' && place === 'private');
  const permission = crossesIn ? await surroundings.localNetwork() : 'granted';
  if (permission === 'denied')
    return ownFailure('private-network', wordsFor('private-network', words), final);
  // Where the browser knows no permission for it, a page of https gets to no http address but this machine's.
  if (secure && address.startsWith('http:') && place === 'private' && permission === 'unknown')
    return ownFailure('mixed-content', wordsFor('mixed-content', words), final);
  const answers = await surroundings.answers(address);
  if (answers === true) return ownFailure('cors', wordsFor('cors', words), final);
  if (permission === 'prompt') return ownFailure('private-network', cases.askPermission(words), final);
  if (answers === undefined) return ownFailure('network', cases.unclear(words), more);
  return ownFailure('network', wordsFor('network', words), more);
}

/** For programs without a page: there, a connection that fails is one that is not there. */
export const noSurroundings: Surroundings = {
  pageAddress: 'http://localhost/',
  online: true,
  localNetwork: () => Promise.resolve('unknown'),
  answers: () => Promise.resolve(false),
  blocked: () => false,
};
