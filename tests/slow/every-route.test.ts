import '../http/every-route.test'; // the same attacks, more of each, and what seats find: see `depth` in ../http/attacks.ts
