import { z } from 'zod';

/** Shapes of the OCI image and distribution specifications, as far as they are read: https://github.com/opencontainers */
const Texts = z
  .record(z.string(), z.string())
  .nullish()
  .transform((texts) => texts ?? {});

const Descriptor = z.looseObject({
  mediaType: z.string().default(''),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'a sha256 digest'),
  size: z.number().optional(),
  annotations: Texts,
  artifactType: z.string().optional(),
  platform: z.looseObject({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).optional(),
});
export type Descriptor = z.infer<typeof Descriptor>;

/** An image manifest or an index: what it is is told by what it has. */
export const Manifest = z.looseObject({
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  config: Descriptor.optional(),
  layers: z.array(Descriptor).default([]),
  manifests: z.array(Descriptor).optional(),
  annotations: Texts,
});
export type Manifest = z.infer<typeof Manifest>;

const List = z
  .array(z.string())
  .nullish()
  .transform((items) => items ?? []);

export const ImageConfig = z.looseObject({
  os: z.string().optional(),
  architecture: z.string().optional(),
  config: z
    .looseObject({
      User: z.string().default(''),
      WorkingDir: z.string().default(''),
      Entrypoint: List,
      Cmd: List,
      Labels: Texts,
      ExposedPorts: z
        .record(z.string(), z.unknown())
        .nullish()
        .transform((ports) => Object.keys(ports ?? {}).sort()),
    })
    .nullish(),
});
export type ImageConfig = z.infer<typeof ImageConfig>;

export const TagList = z.looseObject({ tags: List });

export const Token = z
  .looseObject({ token: z.string().optional(), access_token: z.string().optional() })
  .transform(({ token, access_token }) => token ?? access_token)
  .pipe(z.string().min(1));

/** What cosign signs: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export const SimpleSigning = z.looseObject({
  critical: z.looseObject({ image: z.looseObject({ 'docker-manifest-digest': z.string() }) }),
});
