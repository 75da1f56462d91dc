import { patientsRights } from './patients-rights.ts'
import { postingOfWorkers } from './posting-of-workers.ts'
import { professionalQualifications } from './professional-qualifications.ts'
import { services } from './services.ts'

/** The question sets of this release, one for each module in which requests are sent. */
export const questionSets = [professionalQualifications, services, postingOfWorkers, patientsRights]
