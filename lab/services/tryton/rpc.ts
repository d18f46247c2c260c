/** Calls of one signed-in user: `rpc('sale.configuration', 'read', [1], ['sale_sequence'])`. */
export type Rpc = (model: string, method: string, ...params: readonly unknown[]) => Promise<unknown>;

export interface Erp {
  readonly rpc: Rpc;
  /** The same user in another company. */
  as(company: number): Rpc;
  /** A step of a wizard. */
  wizard(name: string, method: string, ...params: readonly unknown[]): Promise<unknown>;
}

async function post(
  url: string,
  authorization: string | undefined,
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ id: 1, method, params }) });
  if (!answer.ok) throw new Error(`Tryton answered ${answer.status} for ${method}`);
  const { result, error } = (await answer.json()) as { readonly result?: unknown; readonly error?: unknown };
  if (error) throw new Error(`Tryton refused ${method}: ${JSON.stringify(error).slice(0, 500)}`);
  return result;
}

/** Logs in as the administrator of a database. */
export async function openErp(url: string, login: string, password: string): Promise<Erp> {
  const [user, session] = (await post(url, undefined, 'common.db.login', [login, { password }])) as [number, string];
  const authorization = `Session ${Buffer.from(`${login}:${user}:${session}`).toString('base64')}`;
  const preferences = await post(url, authorization, 'model.res.user.get_preferences', [true, {}]);
  const context = { ...(preferences as object), active_test: false };
  const as =
    (company?: number): Rpc =>
    (model, method, ...params) =>
      post(url, authorization, `model.${model}.${method}`, [...params, { ...context, ...(company && { company }) }]);
  return {
    rpc: as(),
    as,
    wizard: (name, method, ...params) => post(url, authorization, `wizard.${name}.${method}`, [...params, context]),
  };
}

export async function version(server: string): Promise<string> {
  return String(await post(`${server}/`, undefined, 'common.server.version', []));
}
