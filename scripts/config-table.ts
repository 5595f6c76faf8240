import { readFileSync, writeFileSync } from 'node:fs';
import { withConfigTable } from '../server/platform/config/config-table';

// Writes the table of settings into README.md; a test fails when it was forgotten.
writeFileSync('README.md', withConfigTable(readFileSync('README.md', 'utf8')));
