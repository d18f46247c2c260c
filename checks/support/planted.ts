/** Every planted secret holds it: where it shows up in clear or in base64, a secret got out. */
export const marker = 'Zq7xLeak';

/** Secrets of an environment by name. Those whose name begins with `same` are equal everywhere, all others differ. */
export type Plant = (name: string) => string;

export const planter =
  (environment: string): Plant =>
  (name) =>
    `${marker}${name}${name.startsWith('same') ? '0' : environment === 'alpha' ? '1' : '2'}9f3d`;

export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const pem = (secret: string) =>
  `-----BEGIN PRIVATE KEY-----\n${base64(`key ${secret}`)}\n-----END PRIVATE KEY-----`;

/** Environment variables that hold secrets, named in settings or read by Leeway itself. */
export const secretVariables = {
  P12_PASSWORD: `${marker}p12`,
  WRONG_PASSWORD: `${marker}wrong`,
  PROM_PASSWORD: `${marker}prom`,
  KUBE_TOKEN: `${marker}kube`,
  PGPASSWORD: `${marker}pg`,
  LEEWAY_SEAL_KEY: `${marker}seal-key-of-the-estate`,
  ORDERS_DATABASE_URL: `postgres://orders:${marker}init@127.0.0.1:1/orders`,
} as const;
