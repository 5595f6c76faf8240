import '../http/every-route.test'; // the same attacks, more of each: see `depth` in ../http/attacks.ts
