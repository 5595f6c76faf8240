/** The lists of a form by name, each with the fields that people type: those that are chosen from a list are never empty. */
export type FormLists = Readonly<Record<string, readonly string[]>>;

/**
 * Lists of a form: fields named `members.0.name` become `members: [{ name }]`. The parser stays flat (LIBRARIES, express), so that no
 * name from outside makes an object; rows in which nothing was typed are left out. JSON bodies pass unchanged.
 */
export function withLists(body: unknown, lists: FormLists): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {};
  const plain: Record<string, unknown> = {};
  const rows = new Map<string, Map<number, Record<string, unknown>>>();
  for (const [name, value] of Object.entries(body)) {
    const [list = '', index = '', field = ''] = name.split('.');
    if (!Object.hasOwn(lists, list) || !/^\d{1,2}$/.test(index) || !/^[a-zA-Z]{1,30}$/.test(field)) plain[name] = value;
    else row(rows, list, Number(index))[field] = value;
  }
  for (const [list, found] of rows) plain[list] = compact(found, lists[list] ?? []);
  return plain;
}

function row(rows: Map<string, Map<number, Record<string, unknown>>>, list: string, index: number): Record<string, unknown> {
  const ofList = rows.get(list) ?? new Map<number, Record<string, unknown>>();
  rows.set(list, ofList);
  const found = ofList.get(index) ?? {};
  ofList.set(index, found);
  return found;
}

/** Rows in order; one with none of its `typed` fields filled in was not meant. The first stays, so that an empty form says what is missing. */
function compact(rows: ReadonlyMap<number, Record<string, unknown>>, typed: readonly string[]): Record<string, unknown>[] {
  return [...rows]
    .sort(([a], [b]) => a - b)
    .flatMap(([index, fields]) => (index === 0 || typed.some((field) => fields[field]) ? [fields] : []));
}
