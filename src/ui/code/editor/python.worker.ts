import { readPython } from './read-python.ts';
import type { PythonQuestion } from './python-messages.ts';

addEventListener('message', ({ data }: MessageEvent<PythonQuestion>) => postMessage(readPython(data)));
