import type { Binding } from '../context.ts';
import { createCryptoBinding } from '../crypto/index.ts';
import { createModuleWrapBinding } from '../esm/module-wrap.ts';
import { createHttpParserBinding } from '../http/index.ts';
import type { Realm } from '../realm.ts';
import { createZlibBinding } from '../zlib/index.ts';
import { createAsyncWrapBinding } from './async-wrap.ts';
import { createBlockListBinding } from './block-list.ts';
import { createBlobBinding } from './blob.ts';
import { createBufferBinding } from './buffer.ts';
import { createContextifyBinding } from './contextify.ts';
import { createFsBinding, createFsDirBinding } from './fs.ts';
import { createFsEventBinding } from './fs-event.ts';
import { createTaskQueueBinding, createTimersBinding } from './loop-bindings.ts';
import { createMessagingBinding } from '../messaging/index.ts';
import { createSerdesBinding } from '../serdes/binding.ts';
import {
  createErrorsBinding,
  createOptionsBinding,
  createPerformanceBinding,
  createSmallBindings,
  createTraceBinding,
  createV8Binding,
} from './misc.ts';
import { createPipeBinding } from './pipe.ts';
import { createCredentialsBinding, createOsBinding, createProcessBinding } from './process.ts';
import { createSignalBinding } from './signals.ts';
import { createSpawnBinding } from './spawn.ts';
import { createSpawnSyncBinding } from './spawn-sync.ts';
import { createStreamBinding } from './stream.ts';
import { createCaresBinding } from './cares.ts';
import { createTcpBinding } from './tcp.ts';
import { createEncodingBinding, createIcuBinding, createStringDecoderBinding } from './text.ts';
import { createTypesBinding } from './types.ts';
import { createUrlBinding } from './url.ts';
import { createUtilBinding } from './util.ts';
import { createWorkerBinding } from './worker.ts';

function createBuiltinsBinding(realm: Realm): Binding {
  const given = realm.constantsOf('builtins');
  return {
    builtinIds: given['builtinIds'],
    builtinCategories: given['builtinCategories'],
    config: given['config'],
    natives: {},
    compileFunction: (id: string) => realm.compileBuiltin(id),
    setInternalLoaders: (internalBinding: (name: string) => Binding, require: (id: string) => unknown) =>
      realm.setLoaders(internalBinding, require),
    hasCachedBuiltins: () => true,
    getCacheUsage: () => ({ compiledWithCache: [], compiledWithoutCache: [], compiledInSnapshot: [] }),
  };
}

/** Every binding of Node that this engine has, made when it is first asked for. */
export function createBindings(realm: Realm): Record<string, () => Binding> {
  return {
    ...createSmallBindings(realm),
    async_wrap: () => createAsyncWrapBinding(realm),
    block_list: () => createBlockListBinding(realm),
    blob: () => createBlobBinding(realm),
    buffer: () => createBufferBinding(realm),
    builtins: () => createBuiltinsBinding(realm),
    cares_wrap: () => createCaresBinding(realm),
    contextify: () => createContextifyBinding(realm),
    credentials: () => createCredentialsBinding(realm),
    crypto: () => createCryptoBinding(realm),
    encoding_binding: () => createEncodingBinding(),
    errors: () => createErrorsBinding(realm, realm.fatalErrors.enhancers),
    fs: () => createFsBinding(realm),
    fs_event_wrap: () => createFsEventBinding(realm),
    fs_dir: () => createFsDirBinding(realm),
    http_parser: () => createHttpParserBinding(realm),
    icu: () => createIcuBinding(realm),
    messaging: () => createMessagingBinding(realm, realm.perContext),
    module_wrap: () => createModuleWrapBinding(realm),
    options: () => createOptionsBinding(realm),
    os: () => createOsBinding(realm),
    performance: () => createPerformanceBinding(realm),
    pipe_wrap: () => createPipeBinding(realm),
    process_methods: () => createProcessBinding(realm, realm.argv),
    process_wrap: () => createSpawnBinding(realm),
    spawn_sync: () => createSpawnSyncBinding(realm),
    serdes: () => createSerdesBinding(realm),
    signal_wrap: () => createSignalBinding(realm),
    stream_wrap: () => createStreamBinding(realm),
    string_decoder: () => createStringDecoderBinding(realm),
    task_queue: () => createTaskQueueBinding(realm),
    tcp_wrap: () => createTcpBinding(realm),
    timers: () => createTimersBinding(realm),
    trace_events: () => createTraceBinding(),
    types: () => createTypesBinding(),
    url: () => createUrlBinding(realm),
    util: () => createUtilBinding(realm),
    v8: () => createV8Binding(realm),
    worker: () => createWorkerBinding(realm),
    zlib: () => createZlibBinding(realm),
  };
}
