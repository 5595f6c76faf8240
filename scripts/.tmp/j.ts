import { allJobs } from '../../jobs/all-jobs';
import { loadConfig } from '../../server/platform/config/config';

void allJobs(loadConfig({ NODE_ENV: 'test', MONGODB_URI: 'mongodb://unused', REDIS_URL: 'redis://unused' })).then((jobs) =>
  console.log(jobs.map((j) => j?.name ?? j)),
);
