let writes = 0;

/** Called after each commit that this process tried, whatever became of it. */
export function countWrite(): void {
  writes += 1;
}

/** A number that grows with each commit of this process: while it stands, what was read before still tells what we have done. */
export function writesSoFar(): number {
  return writes;
}
