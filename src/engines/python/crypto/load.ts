import type { ProcessPort } from '../../kernel/process-port.ts';
import type { Waiter } from '../waiter.ts';
import type { CryptoPart, open } from './main.ts';

/** The asset's name; scripts/engines/python.mjs bundles it as a script that defines `part`. */
const ASSET = 'python-crypto.js';

const FunctionOf = (() => undefined).constructor as FunctionConstructor;

/** Loads the part from the page, synchronously. */
export function loadCrypto(port: Pick<ProcessPort, 'load'>, waiter: Waiter): CryptoPart {
  const script = new TextDecoder().decode(port.load(ASSET));
  const part = new FunctionOf(`${script}\nreturn part;`)() as { open: typeof open };
  const modules = new Map<string, WebAssembly.Module>();
  return part.open(waiter, (name) => {
    const module = modules.get(name) ?? new WebAssembly.Module(port.load(name));
    modules.set(name, module);
    return module;
  });
}
