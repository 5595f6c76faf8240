import { startEmbedded } from '../../server/platform/embedded/start-embedded';

/** A program that starts its servers, tells where they are, and never stops them: the test ends it the hard way. */
async function main(dataDir: string): Promise<void> {
  const { mongoUri, redisUrl } = await startEmbedded({ dataDir, say: () => undefined });
  process.stdout.write(`${JSON.stringify({ mongoUri, redisUrl })}\n`);
  process.stdin.resume(); // stays until it is killed
}

void main(process.argv[2] ?? '');
