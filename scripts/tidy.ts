import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// `npm run check:tidy`: the rules of the house that types, lint and import levels cannot see. Each says why it stands.
interface Rule {
  says: string;
  in: RegExp;
  except?: RegExp;
  never: RegExp;
}

const rules: readonly Rule[] = [
  {
    says: 'a test that does not run hides a fault',
    in: /^tests\//,
    never: /\b(?:it|test|describe)\.(?:skip|todo|only)\b|\bx(?:it|describe|test)\(/,
  },
  { says: 'a test that cannot fail says nothing', in: /^tests\//, never: /expect\(true\)/ },
  { says: 'do it, or file an issue', in: /\.(?:ts|hbs|css)$/, except: /^scripts\/tidy\.ts$/, never: /\b(?:TODO|FIXME|XXX|HACK)\b/ },
  {
    says: 'the clock and randomness are injected (kernel/clock, kernel/random)',
    in: /^(?:server|jobs)\//,
    except: /^server\/kernel\/(?:clock|random)\.ts$/,
    never: /\bDate\.now\(\)|new Date\(\)|Math\.random\(\)/,
  },
  { says: 'money is never a float', in: /^(?:server|jobs)\//, never: /parseFloat\(|Math\.round\(|\.toFixed\(/ },
  { says: 'what is printed is not logged, and not redacted', in: /^(?:server|jobs)\//, never: /console\.\w+\(/ },
  { says: 'an error that is swallowed comes back worse', in: /^(?:server|jobs)\//, never: /catch *(?:\([^)]*\))? *\{ *\}/ },
  {
    says: 'settings are read in platform/config only',
    in: /^(?:server|jobs)\//,
    except: /^server\/platform\/(?:config|process|embedded|i18n)\//,
    never: /process\.env\b/,
  },
  {
    says: 'nothing is fetched from foreign hosts',
    in: /^(?:views|public)\//,
    except: /\.svg$|^public\/vendor\//,
    never: /(?:src|href|url\()=?["'(]?https?:\/\//i,
  },
  {
    says: 'CSP allows no inline style or script',
    in: /^views\//,
    never: /<[a-z][^>{}]*\s(?:style|on\w+)="|<script(?![^>]*\bsrc=)(?![^>]*application\/json)/i,
  },
];
const vagueName = /(?:^|\/)(?:utils?|helpers?|common|misc|manager)(?:\/|\.ts$)/i;
const longestFile = 260;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);
const faults: string[] = [];
for (const file of files) {
  const applying = rules.filter((rule) => rule.in.test(file) && !rule.except?.test(file));
  const isSource = /^(?:server|jobs|public)\/.*\.ts$/.test(file);
  if (isSource && vagueName.test(file)) faults.push(`${file}: the name says nothing`);
  if (applying.length === 0 && !isSource) continue;
  const lines = readFileSync(file, 'utf8').split('\n');
  if (isSource && lines.length > longestFile) faults.push(`${file}: ${lines.length} lines hold more than one thing`);
  for (const [place, line] of lines.entries()) {
    for (const rule of applying) if (rule.never.test(line)) faults.push(`${file}:${place + 1}: ${rule.says}`);
  }
}
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
