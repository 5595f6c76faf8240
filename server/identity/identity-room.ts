import type { Clock } from '../kernel/clock';
import type { Random } from '../kernel/random';
import type { Config } from '../platform/config/config';
import { createLimiter } from '../platform/http/rate-limit';
import type { Routes } from '../platform/http/routes';
import type { Logger } from '../platform/logging/logger';
import type { Redis } from '../platform/redis/connection';
import { openProgramAccess, type ProgramAccess } from './api-tokens/program-access';
import { tokenRoutes } from './api-tokens/tokens.routes';
import { peopleRoutes } from './people/people.routes';
import { personRoutes } from './people/person.routes';
import { accountRoutes } from './sign-in/account.routes';
import { demoRoutes } from './sign-in/demo.routes';
import { type IdentityShell, openIdentity } from './sign-in/identity-shell';
import { passwordRoutes } from './sign-in/password.routes';
import { secondStepRoutes } from './sign-in/second-step.routes';
import { signInRoutes } from './sign-in/sign-in.routes';

export interface IdentityRoom {
  shell: IdentityShell;
  /** Knows programs by their access tokens. */
  programs: ProgramAccess['middleware'];
  routes: readonly Routes[];
}

/**
 * Sign-in, own account and people, of one app: `createApp({ …, rooms: [...room.routes, …], programs: room.programs, identity:
 * room.shell.middleware, actorOf: room.shell.actorOf })`. The seats of the demonstration exist only where `config.demo` is on.
 */
export function identityRoom(setup: {
  config: Pick<Config, 'ledger' | 'demo' | 'publicBaseUrl'>;
  redis: Redis;
  logger: Logger;
  clock: Clock;
  random: Random;
  /** The county's phone, for who cannot sign in. */
  helpPhone?: string;
}): IdentityRoom {
  const { config, clock, random } = setup;
  const shell = openIdentity({ ledger: config.ledger, clock, random, demo: config.demo });
  const limiter = createLimiter({ redis: setup.redis, ledger: config.ledger, logger: setup.logger });
  const access = openProgramAccess({ ledger: config.ledger, clock, limiter });
  const signIn = { signIn: shell.signIn, limiter, demo: config.demo, ...(setup.helpPhone !== undefined && { helpPhone: setup.helpPhone }) };
  return {
    shell: { ...shell, actorOf: (req) => access.actorOf(req) ?? shell.actorOf(req) },
    programs: access.middleware,
    routes: [
      signInRoutes(signIn),
      secondStepRoutes(signIn),
      passwordRoutes(signIn),
      accountRoutes(signIn),
      tokenRoutes(config),
      peopleRoutes({ publicBaseUrl: config.publicBaseUrl }),
      personRoutes({ publicBaseUrl: config.publicBaseUrl, demo: config.demo }),
      ...(config.demo ? [demoRoutes(signIn)] : []),
    ],
  };
}
