import { indexKinds, type KindIndex } from '@leeway/core';
import { planes } from '@leeway/estate';
import type { ScanOptions } from '../scan/options.ts';

/** Every kind the estate's connectors declare: the rules a scan of all of it goes by. */
export async function estateKinds({ estate, connectors, strict }: ScanOptions): Promise<KindIndex> {
  const used = estate.sources.flatMap((source) => planes.flatMap((plane) => source[plane]?.connector ?? []));
  const loaded = await Promise.all([...new Set(used)].sort().map((id) => connectors.load(id)));
  return indexKinds(
    loaded.flatMap((connector) => connector?.kinds ?? []),
    { strict: strict === true },
  );
}
