import { describeRoundTrip } from '../src/round-trip.specs.ts';
import { startSystem } from '../src/start-system.ts';

describeRoundTrip('in process', startSystem);
