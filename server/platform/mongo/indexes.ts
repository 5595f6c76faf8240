import mongoose from 'mongoose';

/**
 * Creates the collections and indexes of all registered models; run at boot, before any data. Collections first, because a transaction
 * that has to create one conflicts with its neighbours.
 */
export async function ensureIndexes(): Promise<void> {
  await Promise.all(
    Object.values(mongoose.models).map(async (model) => {
      await model.createCollection();
      await model.createIndexes();
    }),
  );
}
