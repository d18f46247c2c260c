/**
 * What is used of tedious (https://tediousjs.github.io/tedious/). Its own types are only there where its dependencies
 * install, which takes Node 22.
 */
declare module 'tedious' {
  export interface ConnectionConfiguration {
    readonly server: string;
    readonly authentication: {
      readonly type: 'default';
      readonly options: { readonly userName: string; readonly password: string };
    };
    readonly options: Readonly<Record<string, unknown>>;
  }

  export class Connection {
    constructor(configuration: ConnectionConfiguration);
    connect(done: (error?: Error) => void): void;
    on(event: 'error', listener: (error: Error) => void): this;
    execSql(request: Request): void;
    close(): void;
  }

  export class Request {
    constructor(text: string, done: (error?: Error | null) => void);
    addParameter(name: string, type: DataType, value: unknown): void;
    on(event: 'row', listener: (cells: never) => void): this;
    pause(): void;
    resume(): void;
  }

  export interface DataType {
    readonly name: string;
  }

  export const TYPES: Readonly<Record<'NVarChar' | 'Float' | 'Bit', DataType>>;
}
