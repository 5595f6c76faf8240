const seen = new WeakMap<Element, Set<string>>();

/** Runs `each` for every match below `root` that this feature has not met before: a swap may show the same element again. */
export function once<T extends Element>(root: ParentNode, selector: string, each: (element: T) => void): void {
  for (const element of root.querySelectorAll<T>(selector)) {
    const features = seen.get(element) ?? new Set();
    if (features.has(selector)) continue;
    seen.set(element, features.add(selector));
    each(element);
  }
}
