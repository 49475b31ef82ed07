import './early-intrinsics.ts';
import { SharedFs } from '../fs/shared-fs.ts';
import { receiveStart } from '../kernel/process-port.ts';
import { OptionError } from './options.ts';
import { Realm } from './realm.ts';
import { refuseCommandLine, reportFault, startRealm } from './start.ts';

/** The process worker of `node`. */
async function main(): Promise<void> {
  const port = await receiveStart();
  try {
    startRealm(new Realm(SharedFs.attach(port.start.disk, port.start.pid), port));
  } catch (error) {
    if (error instanceof OptionError) refuseCommandLine(port, error);
    else reportFault(port, error);
  }
}

void main();
