import type { Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';

/** What a session keeps of the person who signed in. */
export interface SignedIn {
  id: string;
  /** Changes when all sessions of the person must end. */
  epoch: number;
  /** Whether this session has shown a second factor. */
  secondFactor: boolean;
}

declare global {
  namespace Express {
    interface User extends SignedIn {}
  }
}

export interface SignInRules {
  /** Who has this account and password; undefined for nobody. Takes the same time for both. */
  verify(req: Request, account: string, password: string): Promise<SignedIn | undefined>;
  /** Whether a kept session is still good; asked at every request. */
  stands(req: Request, signedIn: SignedIn): Promise<boolean>;
}

export interface LocalSignIn {
  /** Restores the person from the session. */
  middleware: RequestHandler[];
  /** Account and password of a form, checked by Passport's local strategy; nothing is kept yet. */
  check(req: Request, res: Response): Promise<SignedIn | undefined>;
  /** Signs in, in a new session: an id that was known before is worth nothing after (CVE-2022-25896). */
  enter(req: Request, signedIn: SignedIn): Promise<void>;
  /** Signs out and gives the visitor a new session. */
  leave(req: Request): Promise<void>;
}

/** Passport with its local strategy, of one app. Only here: its callbacks become promises, its session keeps ids only. */
export function localSignIn({ verify, stands }: SignInRules): LocalSignIn {
  const passport = new Passport();
  const options = { usernameField: 'account', passwordField: 'password', passReqToCallback: true } as const;
  passport.use(
    new Strategy(options, (req, account, password, done) => {
      verify(req, account, password).then((signedIn) => done(null, signedIn ?? false), done);
    }),
  );
  passport.serializeUser<SignedIn>((user, done) => done(null, user));
  passport.deserializeUser<SignedIn, Request>((req: Request, kept: SignedIn, done: (error: unknown, user?: SignedIn | false) => void) => {
    stands(req, kept).then((isGood) => done(null, isGood ? kept : false), done);
  });
  return {
    middleware: [passport.initialize() as RequestHandler, passport.session() as RequestHandler],
    check: (req, res) =>
      new Promise((resolve, reject) => {
        const answer = (error: unknown, user?: SignedIn | false | null) => (error ? reject(error) : resolve(user || undefined));
        (passport.authenticate('local', answer) as RequestHandler)(req, res, reject);
      }),
    enter: (req, signedIn) => promised((done) => req.logIn(signedIn, done)),
    leave: (req) => promised((done) => req.logOut(done)),
  };
}

function promised(run: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => run((error) => (error ? reject(error) : resolve())));
}
