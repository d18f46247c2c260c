/** The part of the WebAssembly API used here: TypeScript declares it with the DOM only. */
interface ModuleApi {
  readonly Module: {
    new (bytes: Uint8Array): object;
    exports(module: object): readonly { readonly name: string }[];
  };
}

/**
 * Names a WebAssembly module exports; undefined when the bytes are not a valid module. Compiling runs none of the
 * module's code, so this is safe outside the worker.
 */
export function moduleExports(wasm: Uint8Array): ReadonlySet<string> | undefined {
  const { Module } = (globalThis as unknown as { WebAssembly: ModuleApi }).WebAssembly;
  try {
    return new Set(Module.exports(new Module(wasm)).map((entry) => entry.name));
  } catch {
    return undefined;
  }
}
