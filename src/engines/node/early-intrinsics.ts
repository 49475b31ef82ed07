/**
 * Takes `Uint8Array`'s newer methods away before any library looks for them: the realm removes what Node 20 lacks when
 * it boots, and a library that had found them by then would call what is no longer there. Imported first.
 */
Reflect.deleteProperty(Uint8Array, 'fromHex');
Reflect.deleteProperty(Uint8Array.prototype, 'toHex');
