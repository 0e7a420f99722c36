CREATE TABLE address_trouble (
  address TEXT PRIMARY KEY CHECK (address <> ''),
  failures BIGINT NOT NULL CHECK (failures >= 1),
  last_at BIGINT NOT NULL,
  status TEXT NOT NULL,
  words TEXT NOT NULL,
  ended_at BIGINT
);

CREATE TABLE agreement_version (
  version TEXT PRIMARY KEY,
  title TEXT NOT NULL CHECK (title <> ''),
  dated TEXT NOT NULL,
  signers TEXT NOT NULL CHECK (signers <> ''),
  body TEXT NOT NULL CHECK (body <> ''),
  hash TEXT NOT NULL CHECK (hash <> ''),
  UNIQUE (version, hash)
);

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  person_id TEXT REFERENCES person (id),
  action TEXT NOT NULL,
  noun TEXT NOT NULL,
  noun_id TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT ''
, kind TEXT NOT NULL DEFAULT 'act' CHECK (kind IN ('act', 'view')), as_person TEXT REFERENCES person (id));

CREATE TABLE commitment (
  key TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  short TEXT NOT NULL,
  words TEXT NOT NULL,
  in_practice TEXT NOT NULL
);

CREATE TABLE concern_answer (
  id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL REFERENCES measure (id),
  by_id TEXT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  sentence TEXT NOT NULL CHECK (sentence <> ''),
  points BIGINT NOT NULL CHECK (points >= 0)
);

CREATE TABLE cycle (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  follows_id TEXT REFERENCES cycle (id),
  measure_id TEXT,
  question TEXT NOT NULL CHECK (question <> ''),
  plan TEXT NOT NULL DEFAULT '',
  who TEXT NOT NULL DEFAULT '',
  starts_on TEXT NOT NULL,
  study_on TEXT NOT NULL CHECK (study_on >= starts_on),
  prediction BIGINT NOT NULL CHECK (prediction >= 1),
  stage TEXT NOT NULL CHECK (stage IN ('plan', 'do', 'study', 'act', 'closed')),
  did TEXT NOT NULL DEFAULT '',
  studied TEXT NOT NULL DEFAULT '',
  studied_at BIGINT,
  act TEXT CHECK (act IN ('adopt', 'adapt', 'abandon')),
  act_reason TEXT NOT NULL DEFAULT '',
  closed_at BIGINT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL REFERENCES person (id),
  after_data INTEGER NOT NULL DEFAULT 0 CHECK (after_data IN (0, 1)),
  submission TEXT NOT NULL, idea_id TEXT REFERENCES idea (id),
  CHECK ((stage = 'closed') = (act IS NOT NULL)),
  CHECK ((stage = 'closed') = (closed_at IS NOT NULL)),
  CHECK (act IS NULL OR act_reason <> ''),
  CHECK (stage NOT IN ('act', 'closed') OR studied <> ''),
  UNIQUE (project_id, number),
  UNIQUE (created_by, submission),
  UNIQUE (id, prediction)
);

CREATE TABLE cycle_lock (
  cycle_id TEXT PRIMARY KEY,
  number BIGINT NOT NULL,
  direction TEXT NOT NULL,
  size DOUBLE PRECISION NOT NULL,
  probability BIGINT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  FOREIGN KEY (cycle_id, number) REFERENCES cycle (id, prediction),
  FOREIGN KEY (cycle_id, number, direction, size, probability, words)
    REFERENCES cycle_prediction (cycle_id, number, direction, size, probability, words)
);

CREATE TABLE cycle_plan_lock (
  cycle_id TEXT PRIMARY KEY REFERENCES cycle_lock (cycle_id),
  starts_on TEXT NOT NULL,
  study_on TEXT NOT NULL,
  after_data INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  measure_id TEXT,
  FOREIGN KEY (cycle_id, starts_on, study_on, after_data, created_at)
    REFERENCES cycle (id, starts_on, study_on, after_data, created_at),
  FOREIGN KEY (cycle_id, measure_id) REFERENCES cycle (id, measure_id)
);

CREATE TABLE cycle_prediction (
  cycle_id TEXT NOT NULL REFERENCES cycle (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL DEFAULT '',
  direction TEXT NOT NULL CHECK (direction IN ('better', 'no-change', 'worse')),
  size DOUBLE PRECISION NOT NULL CHECK (size > 0),
  probability BIGINT NOT NULL CHECK (probability BETWEEN 5 AND 95),
  words TEXT NOT NULL DEFAULT '',
  CHECK (number = 1 OR why <> ''),
  PRIMARY KEY (cycle_id, number),
  UNIQUE (cycle_id, number, direction, size, probability, words)
);

CREATE TABLE discussion (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL CHECK (title <> ''),
  about_kind TEXT NOT NULL DEFAULT '' CHECK (about_kind IN ('', 'idea', 'trial', 'school')),
  about_id TEXT NOT NULL DEFAULT '',
  about_title TEXT NOT NULL DEFAULT '',
  starter_id TEXT NOT NULL REFERENCES person (id),
  submission TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  asks INTEGER NOT NULL DEFAULT 0 CHECK (asks IN (0, 1)),
  accepted_id TEXT,
  is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),
  post_count BIGINT NOT NULL DEFAULT 0 CHECK (post_count >= 0),
  reply_count BIGINT NOT NULL DEFAULT 0 CHECK (reply_count >= 0),
  last_post_at BIGINT NOT NULL,
  last_by TEXT NOT NULL REFERENCES person (id),
  excerpt TEXT NOT NULL DEFAULT '',
  hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)), title_revisions BIGINT NOT NULL DEFAULT 0,
  CHECK ((about_kind = '') = (about_id = '')),
  CHECK (is_open = 0 OR asks = 1),
  UNIQUE (starter_id, submission)
);

CREATE TABLE discussion_reader (
  person_id TEXT NOT NULL REFERENCES person (id),
  discussion_id TEXT NOT NULL REFERENCES discussion (id),
  level TEXT NOT NULL DEFAULT 'normal' CHECK (level IN ('watching', 'normal', 'muted')),
  read_number BIGINT NOT NULL DEFAULT 0,
  takes_part INTEGER NOT NULL DEFAULT 0 CHECK (takes_part IN (0, 1)),
  PRIMARY KEY (person_id, discussion_id)
);

CREATE TABLE discussion_revision (
  discussion_id TEXT NOT NULL REFERENCES discussion (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  title TEXT NOT NULL,
  replaced_at BIGINT NOT NULL,
  replaced_by TEXT NOT NULL REFERENCES person (id),
  PRIMARY KEY (discussion_id, number)
);

CREATE TABLE domain_rule (
  domain TEXT PRIMARY KEY CHECK (domain <> ''),
  school_id TEXT NOT NULL REFERENCES school (id),
  provider TEXT NOT NULL CHECK (provider <> ''),
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL REFERENCES person (id)
);

CREATE TABLE draft (
  person_id TEXT NOT NULL REFERENCES person (id),
  context TEXT NOT NULL CHECK (context <> ''),
  generation BIGINT NOT NULL CHECK (generation >= 1),
  text TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, context)
);

CREATE TABLE driver (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project (id),
  parent_id TEXT REFERENCES driver (id),
  kind TEXT NOT NULL CHECK (kind IN ('primary', 'secondary', 'change')),
  position BIGINT NOT NULL CHECK (position >= 1),
  words TEXT NOT NULL CHECK (words <> ''),
  idea_id TEXT REFERENCES idea (id),
  CHECK ((kind = 'primary') = (parent_id IS NULL))
);

CREATE TABLE entry_link (
  id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL REFERENCES measure (id),
  digest TEXT NOT NULL UNIQUE,
  holder TEXT NOT NULL CHECK (holder <> ''),
  by_id TEXT NOT NULL REFERENCES person (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT,
  used_at BIGINT
);

CREATE TABLE erasure (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  asked_at BIGINT NOT NULL,
  asked_by TEXT REFERENCES person (id),
  reason TEXT NOT NULL DEFAULT '',
  due_at BIGINT NOT NULL CHECK (due_at > asked_at),
  cancelled_at BIGINT,
  done_at BIGINT,
  tries BIGINT NOT NULL DEFAULT 0,
  trouble TEXT,
  CHECK (cancelled_at IS NULL OR done_at IS NULL)
);

CREATE TABLE idea (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
  title TEXT NOT NULL CHECK (title <> ''),
  summary TEXT NOT NULL CHECK (summary <> ''),
  problem TEXT NOT NULL,
  problem_html TEXT NOT NULL,
  practice TEXT NOT NULL,
  practice_html TEXT NOT NULL,
  core TEXT NOT NULL DEFAULT '',
  adaptable TEXT NOT NULL DEFAULT '',
  conditions TEXT NOT NULL DEFAULT '',
  effort TEXT NOT NULL CHECK (effort IN ('low', 'medium', 'high')),
  effort_words TEXT NOT NULL DEFAULT '',
  cost_low BIGINT CHECK (cost_low >= 0),
  cost_high BIGINT CHECK (cost_high >= cost_low),
  cost_words TEXT NOT NULL DEFAULT '',
  grade_low BIGINT NOT NULL CHECK (grade_low BETWEEN 6 AND 12),
  grade_high BIGINT NOT NULL CHECK (grade_high BETWEEN grade_low AND 12),
  topics TEXT NOT NULL DEFAULT '',
  subjects TEXT NOT NULL DEFAULT '',
  school_id TEXT NOT NULL REFERENCES school (id),
  owner_id TEXT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  published_at BIGINT,
  changed_at BIGINT NOT NULL,
  reviewed_on TEXT NOT NULL,
  review_due TEXT NOT NULL CHECK (review_due > reviewed_on),
  outdated_at BIGINT,
  outdated_by TEXT REFERENCES person (id),
  outdated_reason TEXT NOT NULL DEFAULT '',
  adapted_from TEXT REFERENCES idea (id) CHECK (adapted_from <> id),
  adaptation TEXT NOT NULL DEFAULT '',
  submission TEXT NOT NULL,
  trials_started BIGINT NOT NULL DEFAULT 0,
  schools_reported BIGINT NOT NULL DEFAULT 0,
  worked BIGINT NOT NULL DEFAULT 0,
  mixed BIGINT NOT NULL DEFAULT 0,
  did_not BIGINT NOT NULL DEFAULT 0,
  early BIGINT NOT NULL DEFAULT 0,
  experience BIGINT NOT NULL DEFAULT 0,
  latest_at BIGINT NOT NULL DEFAULT 0,
  headline TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'published') = (published_at IS NOT NULL)),
  CHECK ((outdated_at IS NULL) = (outdated_by IS NULL)),
  CHECK (outdated_at IS NULL OR outdated_reason <> ''),
  UNIQUE (owner_id, submission)
);

CREATE TABLE idea_owner_change (
  id TEXT PRIMARY KEY,
  idea_id TEXT NOT NULL REFERENCES idea (id),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  from_id TEXT NOT NULL REFERENCES person (id),
  to_id TEXT NOT NULL REFERENCES person (id) CHECK (to_id <> from_id),
  why TEXT NOT NULL CHECK (why <> ''),
  declined_at BIGINT,
  declined_why TEXT NOT NULL DEFAULT '',
  CHECK ((declined_at IS NULL) = (declined_why = ''))
);

CREATE TABLE idea_review (
  id TEXT PRIMARY KEY,
  idea_id TEXT NOT NULL REFERENCES idea (id),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  finding TEXT NOT NULL CHECK (finding IN ('verified', 'outdated', 'current again')),
  reason TEXT NOT NULL DEFAULT '',
  CHECK (finding <> 'outdated' OR reason <> '')
);

CREATE TABLE idea_subject (
  subject TEXT NOT NULL,
  idea_id TEXT NOT NULL REFERENCES idea (id),
  PRIMARY KEY (subject, idea_id)
);

CREATE TABLE idea_topic (
  topic TEXT NOT NULL,
  idea_id TEXT NOT NULL REFERENCES idea (id),
  PRIMARY KEY (topic, idea_id)
);

CREATE TABLE idea_version (
  idea_id TEXT NOT NULL REFERENCES idea (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  content TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (idea_id, number)
);

CREATE TABLE identity_offer (
  id TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  browser_hash TEXT NOT NULL,
  next TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  spent_at BIGINT
);

CREATE TABLE job (
  name TEXT PRIMARY KEY CHECK (name <> ''),
  due_at BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  began_at BIGINT,
  succeeded_at BIGINT,
  failed_at BIGINT,
  trouble TEXT
);

CREATE TABLE kept_form (
  id TEXT PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  path TEXT NOT NULL,
  fields TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE known_browser (
  person_id TEXT NOT NULL REFERENCES person (id),
  browser_hash TEXT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, browser_hash)
);

CREATE TABLE legal_hold (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  placed_at BIGINT NOT NULL,
  placed_by TEXT NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  lifted_at BIGINT,
  lifted_by TEXT REFERENCES person (id),
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);

CREATE TABLE letter_pace (
  person_id TEXT NOT NULL REFERENCES person (id),
  stream TEXT NOT NULL CHECK (stream <> ''),
  pace TEXT NOT NULL CHECK (pace IN ('once', 'digest', 'site')),
  PRIMARY KEY (person_id, stream)
);

CREATE TABLE letter_stop (
  token_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  subject TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE letter_wish (
  person_id TEXT PRIMARY KEY REFERENCES person (id),
  rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly')),
  quiet_from BIGINT CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_until BIGINT CHECK (quiet_until BETWEEN 0 AND 1439),
  zone TEXT NOT NULL DEFAULT '',
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

CREATE TABLE mail (
  id TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  headers TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  sent_at BIGINT,
  tries BIGINT NOT NULL DEFAULT 0,
  trouble TEXT
, claimed_until BIGINT NOT NULL DEFAULT 0, failed_at BIGINT);

CREATE TABLE mail_key (
  name TEXT PRIMARY KEY CHECK (name = 'addresses'),
  secret TEXT NOT NULL CHECK (secret <> ''),
  made_at BIGINT NOT NULL
);

CREATE TABLE mark_withdrawal (
  mark_id TEXT PRIMARY KEY REFERENCES measure_mark (id),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL CHECK (why <> '')
);

CREATE TABLE measure (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  project_id TEXT,
  person_id TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL CHECK (name <> ''),
  folded_name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('outcome', 'process', 'balancing')),
  subgroup TEXT NOT NULL DEFAULT '',
  schedule TEXT NOT NULL CHECK (schedule IN ('day', 'week', 'month')),
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  definition BIGINT NOT NULL CHECK (definition >= 1),
  created_at BIGINT NOT NULL,
  submission TEXT NOT NULL,
  points BIGINT NOT NULL DEFAULT 0,
  last_on TEXT,
  spark TEXT NOT NULL DEFAULT '',
  sentence TEXT NOT NULL DEFAULT '', driver_id TEXT REFERENCES driver (id), concern TEXT NOT NULL DEFAULT '', rests_since BIGINT,
  UNIQUE (person_id, submission)
);

CREATE TABLE measure_change (
  id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL REFERENCES measure (id),
  kind TEXT NOT NULL CHECK (kind IN ('name', 'rest', 'return')),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  old_name TEXT NOT NULL DEFAULT '',
  new_name TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL DEFAULT '',
  CHECK ((kind = 'name') = (old_name <> '' AND new_name <> ''))
);

CREATE TABLE measure_definition (
  measure_id TEXT NOT NULL REFERENCES measure (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL DEFAULT '',
  who TEXT NOT NULL CHECK (who <> ''),
  what TEXT NOT NULL CHECK (what <> ''),
  how TEXT NOT NULL CHECK (how <> ''),
  unit TEXT NOT NULL DEFAULT '',
  data_kind TEXT NOT NULL CHECK (data_kind IN ('share', 'count', 'number')),
  better TEXT NOT NULL CHECK (better IN ('higher', 'lower', 'neither')),
  chart_kind TEXT NOT NULL,
  rules TEXT NOT NULL,
  target DOUBLE PRECISION,
  baseline_until TEXT NOT NULL DEFAULT '',
  CHECK (number = 1 OR why <> ''),
  PRIMARY KEY (measure_id, number),
  UNIQUE (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until)
);

CREATE TABLE measure_lock (
  measure_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  how TEXT NOT NULL,
  unit TEXT NOT NULL,
  data_kind TEXT NOT NULL,
  better TEXT NOT NULL,
  chart_kind TEXT NOT NULL,
  rules TEXT NOT NULL,
  baseline_until TEXT NOT NULL,
  PRIMARY KEY (measure_id, number),
  FOREIGN KEY (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until)
    REFERENCES measure_definition
      (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until)
);

CREATE TABLE measure_mark (
  id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL REFERENCES measure (id),
  kind TEXT NOT NULL CHECK (kind IN ('phase', 'change', 'comment')),
  period TEXT NOT NULL,
  words TEXT NOT NULL CHECK (words <> ''),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id)
);

CREATE TABLE measure_value (
  id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL,
  definition BIGINT NOT NULL,
  period TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  x DOUBLE PRECISION,
  n DOUBLE PRECISION CHECK (n > 0),
  at BIGINT NOT NULL,
  by_id TEXT REFERENCES person (id),
  link_id TEXT REFERENCES entry_link (id),
  follows_id TEXT REFERENCES measure_value (id),
  state TEXT NOT NULL CHECK (state IN ('current', 'beside', 'replaced', 'moved', 'withdrawn', 'undone')),
  why TEXT NOT NULL DEFAULT '',
  ended_at BIGINT,
  ended_by TEXT REFERENCES person (id),
  ended_link TEXT REFERENCES entry_link (id), parts TEXT NOT NULL DEFAULT '',
  CHECK ((x IS NULL) = (n IS NULL)),
  CHECK ((by_id IS NULL) <> (link_id IS NULL)),
  CHECK (state IN ('current', 'beside')
    OR (why <> '' AND ended_at IS NOT NULL AND (ended_by IS NULL) <> (ended_link IS NULL))),
  FOREIGN KEY (measure_id, definition) REFERENCES measure_lock (measure_id, number)
);

CREATE TABLE membership (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  state TEXT NOT NULL CHECK (state IN ('inquiry', 'agreement-issued', 'signatures-pending', 'received', 'active',
    'inactive', 'withdrawn', 'closed', 'merged')),
  started_by TEXT REFERENCES person (id),
  started_at BIGINT NOT NULL,
  state_since BIGINT NOT NULL,
  agreement TEXT,
  agreement_hash TEXT,
  active_on TEXT,
  reaffirmed_on TEXT,
  reminded_at BIGINT,
  ended_at BIGINT,
  CHECK ((agreement IS NULL) = (agreement_hash IS NULL)),
  CHECK (state IN ('inquiry', 'withdrawn', 'closed', 'merged') OR agreement IS NOT NULL),
  CHECK (state NOT IN ('active', 'inactive') OR active_on IS NOT NULL),
  CHECK ((state IN ('withdrawn', 'closed', 'merged')) = (ended_at IS NOT NULL)),
  FOREIGN KEY (agreement, agreement_hash) REFERENCES agreement_version (version, hash)
);

CREATE TABLE membership_event (
  id TEXT PRIMARY KEY,
  membership_id TEXT NOT NULL REFERENCES membership (id),
  at BIGINT NOT NULL,
  by_id TEXT REFERENCES person (id),
  by_words TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  why TEXT NOT NULL
);

CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  path TEXT NOT NULL,
  words TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  by_id TEXT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  read_at BIGINT,
  mailed_at BIGINT
, event TEXT, due_at BIGINT NOT NULL DEFAULT 0, digest INTEGER NOT NULL DEFAULT 0 CHECK (digest IN (0, 1)));

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (email <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  folded_name TEXT NOT NULL,
  handle TEXT NOT NULL UNIQUE CHECK (handle <> ''),
  title TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT '',
  ask_me TEXT NOT NULL DEFAULT '',
  looking_for TEXT NOT NULL DEFAULT '',
  email_shown TEXT NOT NULL DEFAULT 'nobody' CHECK (email_shown IN ('nobody', 'school', 'members')),
  about_shown TEXT NOT NULL DEFAULT 'members' CHECK (about_shown IN ('nobody', 'school', 'members')),
  asking_shown TEXT NOT NULL DEFAULT 'members' CHECK (asking_shown IN ('nobody', 'school', 'members')),
  theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
  letter TEXT NOT NULL DEFAULT 'each' CHECK (letter IN ('each', 'none')),
  keys INTEGER NOT NULL DEFAULT 1 CHECK (keys IN (0, 1)),
  totp_secret TEXT,
  totp_step BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  suspended_at BIGINT,
  merged_into TEXT REFERENCES person (id),
  fictional INTEGER NOT NULL DEFAULT 0 CHECK (fictional IN (0, 1))
, suspended_by TEXT REFERENCES person (id), suspended_reason TEXT NOT NULL DEFAULT '', erased_at BIGINT);

CREATE TABLE person_word (
  word TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  source TEXT NOT NULL CHECK (source IN ('name', 'asking')),
  PRIMARY KEY (word, person_id, source)
);

CREATE TABLE phase_lock (
  mark_id TEXT PRIMARY KEY,
  measure_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'phase'),
  period TEXT NOT NULL,
  words TEXT NOT NULL,
  FOREIGN KEY (mark_id, measure_id, kind, period, words)
    REFERENCES measure_mark (id, measure_id, kind, period, words)
);

CREATE TABLE post (
  id TEXT PRIMARY KEY,
  discussion_id TEXT NOT NULL REFERENCES discussion (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  author_id TEXT NOT NULL REFERENCES person (id),
  text TEXT NOT NULL CHECK (text <> ''),
  html TEXT NOT NULL,
  reply_to TEXT REFERENCES post (id),
  created_at BIGINT NOT NULL,
  edited_at BIGINT,
  revisions BIGINT NOT NULL DEFAULT 0,
  deleted_at BIGINT,
  deleted_by TEXT REFERENCES person (id),
  submission TEXT NOT NULL, accepted_at BIGINT,
  CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)),
  UNIQUE (discussion_id, number),
  UNIQUE (author_id, submission)
);

CREATE TABLE post_revision (
  post_id TEXT NOT NULL REFERENCES post (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  text TEXT NOT NULL,
  replaced_at BIGINT NOT NULL,
  replaced_by TEXT NOT NULL REFERENCES person (id),
  PRIMARY KEY (post_id, number)
);

CREATE TABLE project (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  title TEXT NOT NULL CHECK (title <> ''),
  aim TEXT NOT NULL CHECK (aim <> ''),
  population TEXT NOT NULL DEFAULT '',
  aim_measure TEXT NOT NULL DEFAULT '',
  aim_from TEXT NOT NULL DEFAULT '',
  aim_to TEXT NOT NULL DEFAULT '',
  aim_by TEXT,
  questions TEXT NOT NULL DEFAULT '',
  visibility TEXT NOT NULL CHECK (visibility IN ('team', 'school', 'league')),
  state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'paused', 'done')),
  decision TEXT CHECK (decision IN ('adopt', 'adapt', 'abandon')),
  decision_reason TEXT NOT NULL DEFAULT '',
  decided_at BIGINT,
  decided_by TEXT REFERENCES person (id),
  contest TEXT NOT NULL DEFAULT '',
  contest_score BIGINT CHECK (contest_score BETWEEN 1 AND 10),
  contested_at BIGINT,
  contested_by TEXT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL REFERENCES person (id),
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
  submission TEXT NOT NULL,
  CHECK ((state = 'done') = (decision IS NOT NULL)),
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK (decision IS NULL OR decision_reason <> ''),
  CHECK ((contest = '') = (contest_score IS NULL)),
  UNIQUE (created_by, submission)
);

CREATE TABLE project_aim (
  project_id TEXT NOT NULL REFERENCES project (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL CHECK (words <> ''),
  population TEXT NOT NULL DEFAULT '',
  measure TEXT NOT NULL DEFAULT '',
  starts_at TEXT NOT NULL DEFAULT '',
  goes_to TEXT NOT NULL DEFAULT '',
  by_day TEXT,
  PRIMARY KEY (project_id, number)
);

CREATE TABLE project_idea (
  project_id TEXT NOT NULL REFERENCES project (id),
  idea_id TEXT NOT NULL REFERENCES idea (id),
  PRIMARY KEY (project_id, idea_id)
);

CREATE TABLE project_member (
  project_id TEXT NOT NULL REFERENCES project (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('lead', 'member', 'coach', 'viewer')),
  since BIGINT NOT NULL,
  until BIGINT CHECK (until IS NULL OR until >= since),
  PRIMARY KEY (project_id, person_id)
);

CREATE TABLE project_school (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project (id),
  school_id TEXT NOT NULL REFERENCES school (id),
  UNIQUE (project_id, school_id)
);

CREATE TABLE project_step (
  project_id TEXT NOT NULL REFERENCES project (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_id TEXT REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'paused', 'done')),
  decision TEXT CHECK (decision IN ('adopt', 'adapt', 'abandon')),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (project_id, number)
);

CREATE TABLE provider_request (
  state_hash TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  next TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  spent_at BIGINT
);

CREATE TABLE rate_limit (
  key TEXT PRIMARY KEY CHECK (key <> ''),
  full_at BIGINT NOT NULL
);

CREATE TABLE recovery_code (
  code_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  made_at BIGINT NOT NULL,
  spent_at BIGINT
);

CREATE TABLE role (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('educator', 'lead', 'liaison', 'office')),
  school_id TEXT REFERENCES school (id),
  state TEXT,
  title TEXT NOT NULL DEFAULT '',
  starts_at BIGINT NOT NULL,
  ends_at BIGINT CHECK (ends_at IS NULL OR ends_at >= starts_at),
  given_by TEXT REFERENCES person (id),
  ended_by TEXT REFERENCES person (id),
  end_reason TEXT NOT NULL DEFAULT '',
  CHECK ((kind IN ('educator', 'lead')) = (school_id IS NOT NULL)),
  CHECK ((kind = 'liaison') = (state IS NOT NULL))
);

CREATE TABLE roster_import (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  by_id TEXT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  undone_at BIGINT,
  undone_by TEXT REFERENCES person (id)
);

CREATE TABLE roster_import_row (
  import_id TEXT NOT NULL REFERENCES roster_import (id),
  line BIGINT NOT NULL,
  role_id TEXT NOT NULL REFERENCES role (id),
  act TEXT NOT NULL CHECK (act IN ('given', 'retitled')),
  old_title TEXT NOT NULL DEFAULT '',
  new_title TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (import_id, role_id, act)
);

CREATE TABLE roster_request (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  title TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by TEXT REFERENCES person (id),
  verdict TEXT CHECK (verdict IN ('approved', 'declined')),
  CHECK ((decided_at IS NULL) = (verdict IS NULL))
);

CREATE TABLE school (
  id TEXT PRIMARY KEY,
  official_kind TEXT CHECK (official_kind IN ('nces', 'pss')),
  official_id TEXT,
  name TEXT NOT NULL CHECK (name <> ''),
  folded_name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('public', 'charter', 'private', 'career-and-technical')),
  kind_basis TEXT NOT NULL DEFAULT '',
  agency TEXT NOT NULL DEFAULT '',
  agency_state TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  folded_city TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state <> ''),
  zip TEXT NOT NULL DEFAULT '',
  county TEXT NOT NULL DEFAULT '',
  latitude DOUBLE PRECISION CHECK (latitude BETWEEN -90 AND 90),
  longitude DOUBLE PRECISION CHECK (longitude BETWEEN -180 AND 180),
  cell BIGINT,
  locale BIGINT CHECK (locale IN (11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43)),
  grade_low BIGINT CHECK (grade_low BETWEEN -1 AND 13),
  grade_high BIGINT CHECK (grade_high BETWEEN -1 AND 13),
  students BIGINT CHECK (students >= 0),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'merged', 'outside')),
  successor_id TEXT REFERENCES school (id) CHECK (successor_id <> id),
  website TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  domain TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT '',
  working_on TEXT NOT NULL DEFAULT '',
  visitors TEXT NOT NULL DEFAULT '',
  membership TEXT NOT NULL DEFAULT 'none' CHECK (membership IN ('none', 'inquiry', 'agreement-issued',
    'signatures-pending', 'received', 'active', 'inactive', 'withdrawn', 'closed', 'merged')),
  member_since TEXT,
  first_seen BIGINT,
  last_seen BIGINT,
  origins TEXT NOT NULL DEFAULT '',
  fictional INTEGER NOT NULL DEFAULT 0 CHECK (fictional IN (0, 1)),
  CHECK ((official_kind IS NULL) = (official_id IS NULL)),
  CHECK (status <> 'merged' OR successor_id IS NOT NULL),
  CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CHECK ((latitude IS NULL) = (cell IS NULL)),
  UNIQUE (official_kind, official_id)
);

CREATE TABLE school_duplicate (
  id TEXT PRIMARY KEY,
  first_id TEXT NOT NULL REFERENCES school (id),
  second_id TEXT NOT NULL REFERENCES school (id),
  reason TEXT NOT NULL CHECK (reason IN ('same-name', 'near')),
  metres BIGINT,
  found_at BIGINT NOT NULL,
  verdict TEXT CHECK (verdict IN ('apart', 'merged')),
  settled_at BIGINT,
  settled_by TEXT REFERENCES person (id),
  CHECK (first_id < second_id),
  UNIQUE (first_id, second_id)
);

CREATE TABLE school_history (
  id TEXT PRIMARY KEY,
  school_id TEXT NOT NULL REFERENCES school (id),
  at BIGINT NOT NULL,
  field TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  old_origin TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL,
  import_id TEXT REFERENCES school_import (id),
  person_id TEXT REFERENCES person (id)
);

CREATE TABLE school_import (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  person_id TEXT REFERENCES person (id),
  files TEXT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  undone_at BIGINT,
  undone_by TEXT REFERENCES person (id)
);

CREATE TABLE school_merger (
  id TEXT PRIMARY KEY,
  from_id TEXT NOT NULL REFERENCES school (id),
  into_id TEXT NOT NULL REFERENCES school (id),
  at BIGINT NOT NULL,
  by_id TEXT REFERENCES person (id),
  old_status TEXT NOT NULL,
  old_membership TEXT NOT NULL,
  old_into_membership TEXT NOT NULL,
  old_into_since TEXT,
  undone_at BIGINT,
  undone_by TEXT REFERENCES person (id)
);

CREATE TABLE school_merger_move (
  merger_id TEXT NOT NULL REFERENCES school_merger (id),
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  PRIMARY KEY (merger_id, table_name, row_id)
);

CREATE TABLE school_name_trigram (
  trigram TEXT NOT NULL,
  school_id TEXT NOT NULL REFERENCES school (id),
  PRIMARY KEY (trigram, school_id)
);

CREATE TABLE "search_document" (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('idea', 'trial', 'person', 'school', 'discussion', 'project')),
  noun_id TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  marks TEXT NOT NULL,
  shown_title TEXT NOT NULL,
  shown_text TEXT NOT NULL,
  path TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '',
  updated_at BIGINT NOT NULL,
  UNIQUE (kind, noun_id, part)
);

CREATE VIRTUAL TABLE "search_document_index" USING fts5(title, body, marks, content="search_document",
  content_rowid='number', tokenize='porter unicode61', prefix='2 3 4 5 6 7', detail=column);

CREATE VIRTUAL TABLE "search_document_titles" USING fts5(title, marks, content="search_document",
  content_rowid='number', tokenize='porter unicode61', prefix='2 3 4 5 6 7', detail=column);

CREATE TABLE search_spelling (
  piece TEXT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (piece, word)
);

CREATE TABLE search_word (word TEXT PRIMARY KEY);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  agent TEXT NOT NULL,
  address TEXT NOT NULL,
  second_factor_at BIGINT
, acting_as TEXT REFERENCES person (id), acting_until BIGINT, proved_at BIGINT NOT NULL DEFAULT 0);

CREATE TABLE sign_in_code (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'signature', 'first-office', 'proof')),
  subject TEXT NOT NULL DEFAULT '',
  code_hash TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  spent_at BIGINT
);

CREATE TABLE sign_in_identity (
  issuer TEXT NOT NULL CHECK (issuer <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  person_id TEXT NOT NULL REFERENCES person (id),
  linked_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);

CREATE TABLE signature (
  id TEXT PRIMARY KEY,
  membership_id TEXT NOT NULL REFERENCES membership (id),
  role TEXT NOT NULL CHECK (role <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  email TEXT NOT NULL CHECK (email <> ''),
  asked_at BIGINT NOT NULL,
  reminded_at BIGINT,
  reminders BIGINT NOT NULL DEFAULT 0,
  replaced_at BIGINT,
  signed_at BIGINT,
  signed_how TEXT CHECK (signed_how IN ('code', 'account', 'paper')),
  signed_hash TEXT,
  attested_by TEXT REFERENCES person (id),
  paper_date TEXT,
  note TEXT NOT NULL DEFAULT '',
  CHECK ((signed_at IS NULL) = (signed_how IS NULL)),
  CHECK ((signed_at IS NULL) = (signed_hash IS NULL)),
  CHECK (signed_at IS NULL OR replaced_at IS NULL),
  CHECK ((signed_how = 'paper') = (attested_by IS NOT NULL) OR signed_how IS NULL)
);

CREATE TABLE topic_reader (
  person_id TEXT NOT NULL REFERENCES person (id),
  about_kind TEXT NOT NULL CHECK (about_kind IN ('idea', 'trial', 'school')),
  about_id TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('watching', 'muted')),
  PRIMARY KEY (person_id, about_kind, about_id)
);

CREATE TABLE trial (
  id TEXT PRIMARY KEY,
  idea_id TEXT NOT NULL REFERENCES idea (id),
  idea_version BIGINT NOT NULL,
  school_id TEXT NOT NULL REFERENCES school (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('running', 'reported', 'withdrawn')),
  registered_at BIGINT NOT NULL,
  after_data INTEGER NOT NULL CHECK (after_data IN (0, 1)),
  registration BIGINT NOT NULL CHECK (registration >= 1),
  report BIGINT NOT NULL DEFAULT 0 CHECK (report >= 0),
  due_on TEXT NOT NULL,
  reported_at BIGINT,
  withdrawn_at BIGINT,
  withdrawn_by TEXT REFERENCES person (id),
  withdrawn_reason TEXT NOT NULL DEFAULT '',
  submission TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('worked', 'mixed', 'didNotWork', 'tooEarly', 'experience')),
  finding TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  would_change TEXT NOT NULL DEFAULT '',
  effect DOUBLE PRECISION,
  variance DOUBLE PRECISION CHECK (variance > 0),
  students BIGINT,
  base_share DOUBLE PRECISION CHECK (base_share BETWEEN 0 AND 1),
  design TEXT NOT NULL DEFAULT 'none' CHECK (design IN ('lot', 'group', 'before-after', 'none')),
  rule TEXT NOT NULL DEFAULT '',
  compiled_at BIGINT,
  CHECK ((state = 'reported') = (report > 0)),
  CHECK ((report > 0) = (verdict IS NOT NULL)),
  CHECK ((report > 0) = (reported_at IS NOT NULL)),
  CHECK ((effect IS NULL) = (variance IS NULL)),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
  CHECK (state <> 'withdrawn' OR withdrawn_reason <> ''),
  UNIQUE (id, registration),
  UNIQUE (person_id, submission)
);

CREATE TABLE trial_origin (
  trial_id TEXT PRIMARY KEY REFERENCES trial (id),
  cycle_id TEXT NOT NULL UNIQUE REFERENCES cycle_lock (cycle_id),
  measure_id TEXT NOT NULL REFERENCES measure (id),
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL REFERENCES person (id)
);

CREATE TABLE trial_registration (
  trial_id TEXT NOT NULL REFERENCES trial (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL DEFAULT '',
  participants TEXT NOT NULL CHECK (participants <> ''),
  starts_on TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (due_on >= starts_on),
  measure TEXT NOT NULL CHECK (measure <> ''),
  definition TEXT NOT NULL CHECK (definition <> ''),
  unit TEXT NOT NULL DEFAULT '',
  better TEXT NOT NULL CHECK (better IN ('higher', 'lower')),
  comparison TEXT NOT NULL CHECK (comparison IN ('group', 'before-after', 'none')),
  comparison_words TEXT NOT NULL DEFAULT '',
  by_lot INTEGER NOT NULL DEFAULT 0 CHECK (by_lot IN (0, 1)),
  predicted TEXT CHECK (predicted IN ('better', 'no-change', 'worse')),
  predicted_words TEXT NOT NULL DEFAULT '',
  probability BIGINT CHECK (probability BETWEEN 5 AND 95),
  smallest DOUBLE PRECISION CHECK (smallest > 0),
  CHECK (number = 1 OR why <> ''),
  CHECK ((predicted IS NULL) = (probability IS NULL)),
  CHECK (by_lot = 0 OR comparison = 'group'),
  PRIMARY KEY (trial_id, number)
);

CREATE TABLE trial_report (
  trial_id TEXT NOT NULL,
  number BIGINT NOT NULL CHECK (number >= 1),
  registration BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL REFERENCES person (id),
  why TEXT NOT NULL DEFAULT '',
  shape TEXT NOT NULL CHECK (shape IN ('counts', 'means', 'experience')),
  same_students INTEGER CHECK (same_students IN (0, 1)),
  before_n BIGINT CHECK (before_n > 0),
  after_n BIGINT CHECK (after_n > 0),
  other_before_n BIGINT CHECK (other_before_n > 0),
  other_after_n BIGINT CHECK (other_after_n > 0),
  before_x BIGINT CHECK (before_x BETWEEN 0 AND before_n),
  after_x BIGINT CHECK (after_x BETWEEN 0 AND after_n),
  other_before_x BIGINT CHECK (other_before_x BETWEEN 0 AND other_before_n),
  other_after_x BIGINT CHECK (other_after_x BETWEEN 0 AND other_after_n),
  before_mean DOUBLE PRECISION,
  after_mean DOUBLE PRECISION,
  other_before_mean DOUBLE PRECISION,
  other_after_mean DOUBLE PRECISION,
  before_sd DOUBLE PRECISION CHECK (before_sd > 0),
  after_sd DOUBLE PRECISION CHECK (after_sd > 0),
  other_before_sd DOUBLE PRECISION CHECK (other_before_sd > 0),
  other_after_sd DOUBLE PRECISION CHECK (other_after_sd > 0),
  correlation DOUBLE PRECISION CHECK (correlation > -1 AND correlation < 1),
  baseline_points BIGINT NOT NULL DEFAULT 1 CHECK (baseline_points BETWEEN 1 AND 1000),
  already_improving INTEGER NOT NULL DEFAULT 0 CHECK (already_improving IN (0, 1)),
  chosen_at_worst INTEGER NOT NULL DEFAULT 0 CHECK (chosen_at_worst IN (0, 1)),
  balancing_worse INTEGER NOT NULL DEFAULT 0 CHECK (balancing_worse IN (0, 1)),
  changed TEXT NOT NULL DEFAULT '',
  changed_html TEXT NOT NULL DEFAULT '',
  happened TEXT NOT NULL CHECK (happened <> ''),
  happened_html TEXT NOT NULL,
  excerpt TEXT NOT NULL DEFAULT '',
  again TEXT NOT NULL DEFAULT '',
  again_html TEXT NOT NULL DEFAULT '',
  CHECK (number = 1 OR why <> ''),
  CHECK (shape <> 'counts' OR (before_x IS NOT NULL AND after_x IS NOT NULL)),
  CHECK (shape <> 'means' OR (before_mean IS NOT NULL AND after_mean IS NOT NULL
    AND before_sd IS NOT NULL AND after_sd IS NOT NULL)),
  CHECK (shape <> 'experience' OR (before_n IS NULL AND after_n IS NULL)),
  PRIMARY KEY (trial_id, number),
  FOREIGN KEY (trial_id, registration) REFERENCES trial (id, registration),
  FOREIGN KEY (trial_id, registration) REFERENCES trial_registration (trial_id, number)
);

CREATE TABLE trial_series (
  trial_id TEXT NOT NULL,
  report BIGINT NOT NULL,
  data_kind TEXT NOT NULL CHECK (data_kind IN ('share', 'count', 'number')),
  schedule TEXT NOT NULL CHECK (schedule IN ('day', 'week', 'month')),
  changed_on TEXT NOT NULL,
  students BIGINT CHECK (students > 0),
  counted_alike INTEGER NOT NULL CHECK (counted_alike IN (0, 1)),
  PRIMARY KEY (trial_id, report),
  FOREIGN KEY (trial_id, report) REFERENCES trial_report (trial_id, number)
);

CREATE TABLE trial_series_value (
  trial_id TEXT NOT NULL,
  report BIGINT NOT NULL,
  period TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  x DOUBLE PRECISION,
  n DOUBLE PRECISION CHECK (n > 0),
  CHECK ((x IS NULL) = (n IS NULL)),
  PRIMARY KEY (trial_id, report, period),
  FOREIGN KEY (trial_id, report) REFERENCES trial_series (trial_id, report)
);

CREATE INDEX address_trouble_ended ON address_trouble (ended_at) WHERE ended_at IS NOT NULL;

CREATE INDEX audit_action ON audit (action, at);

CREATE INDEX audit_as ON audit (as_person, at);

CREATE INDEX audit_at ON audit (at);

CREATE INDEX audit_noun ON audit (noun, noun_id, at);

CREATE INDEX audit_person ON audit (person_id, at);

CREATE INDEX concern_answer_measure ON concern_answer (measure_id, at, id);

CREATE UNIQUE INDEX cycle_counted ON cycle (id, measure_id);

CREATE INDEX cycle_due ON cycle (stage, study_on);

CREATE INDEX cycle_idea ON cycle (idea_id, study_on);

CREATE INDEX cycle_measure ON cycle (measure_id, starts_on);

CREATE UNIQUE INDEX cycle_plan ON cycle (id, starts_on, study_on, after_data, created_at);

CREATE INDEX discussion_about ON discussion (about_kind, about_id, hidden, last_post_at, id);

CREATE INDEX discussion_kind ON discussion (about_kind, hidden, last_post_at, id);

CREATE INDEX discussion_latest ON discussion (hidden, last_post_at, id);

CREATE INDEX discussion_open ON discussion (is_open, hidden, last_post_at, id);

CREATE INDEX discussion_reader_level ON discussion_reader (discussion_id, level);

CREATE INDEX discussion_reader_part ON discussion_reader (person_id, takes_part);

CREATE INDEX discussion_reader_watching ON discussion_reader (person_id, level);

CREATE INDEX discussion_revision_by ON discussion_revision (replaced_by);

CREATE INDEX domain_rule_school ON domain_rule (school_id);

CREATE INDEX driver_parent ON driver (parent_id);

CREATE INDEX driver_project ON driver (project_id, position);

CREATE INDEX entry_link_measure ON entry_link (measure_id, id);

CREATE INDEX erasure_due ON erasure (due_at) WHERE cancelled_at IS NULL AND done_at IS NULL;

CREATE UNIQUE INDEX erasure_open ON erasure (person_id) WHERE cancelled_at IS NULL;

CREATE INDEX idea_latest ON idea (state, latest_at, id);

CREATE INDEX idea_newest ON idea (state, published_at, id);

CREATE INDEX idea_owner ON idea (owner_id, state, changed_at);

CREATE INDEX idea_owner_change_by ON idea_owner_change (by_id);

CREATE INDEX idea_owner_change_idea ON idea_owner_change (idea_id, at, id);

CREATE INDEX idea_parent ON idea (adapted_from);

CREATE INDEX idea_review_due ON idea (state, review_due);

CREATE INDEX idea_review_idea ON idea_review (idea_id, at);

CREATE INDEX idea_school ON idea (school_id, state, published_at);

CREATE INDEX idea_subject_idea ON idea_subject (idea_id);

CREATE INDEX idea_topic_idea ON idea_topic (idea_id);

CREATE INDEX idea_tried ON idea (state, schools_reported, id);

CREATE INDEX idea_version_by ON idea_version (by_id);

CREATE INDEX identity_offer_expires ON identity_offer (expires_at);

CREATE INDEX known_browser_last ON known_browser (last_at);

CREATE UNIQUE INDEX legal_hold_open ON legal_hold (person_id) WHERE lifted_at IS NULL;

CREATE INDEX letter_stop_person ON letter_stop (person_id);

CREATE INDEX mail_failed ON mail (id) WHERE failed_at IS NOT NULL;

CREATE INDEX mail_sent ON mail (address, created_at);

CREATE INDEX mail_waiting ON mail (due_at, id) WHERE sent_at IS NULL AND failed_at IS NULL;

CREATE INDEX measure_change_measure ON measure_change (measure_id, id);

CREATE INDEX measure_driver ON measure (driver_id);

CREATE INDEX measure_mark_period ON measure_mark (measure_id, period, id);

CREATE UNIQUE INDEX measure_mark_words ON measure_mark (id, measure_id, kind, period, words);

CREATE INDEX measure_network ON measure (shared, folded_name, school_id);

CREATE INDEX measure_project ON measure (project_id, id);

CREATE INDEX measure_school ON measure (school_id, id);

CREATE UNIQUE INDEX measure_value_current ON measure_value (measure_id, period) WHERE state = 'current';

CREATE INDEX measure_value_period ON measure_value (measure_id, state, period);

CREATE INDEX membership_event_of ON membership_event (membership_id, at, id);

CREATE UNIQUE INDEX membership_open ON membership (school_id) WHERE ended_at IS NULL;

CREATE INDEX membership_queue ON membership (state, state_since, id);

CREATE INDEX membership_school ON membership (school_id, started_at);

CREATE INDEX membership_starter ON membership (started_by, started_at);

CREATE INDEX notice_due ON notice (digest, due_at) WHERE mailed_at IS NULL;

CREATE UNIQUE INDEX notice_event ON notice (person_id, event);

CREATE INDEX notice_person ON notice (person_id, read_at, created_at);

CREATE INDEX notice_waiting ON notice (person_id, subject) WHERE mailed_at IS NULL;

CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX person_name ON person (folded_name, id);

CREATE INDEX person_word_person ON person_word (person_id);

CREATE INDEX post_accepted ON post (author_id, accepted_at) WHERE accepted_at IS NOT NULL;

CREATE INDEX post_author ON post (author_id, created_at);

CREATE INDEX post_revision_by ON post_revision (replaced_by);

CREATE INDEX project_idea_idea ON project_idea (idea_id);

CREATE INDEX project_latest ON project (visibility, state, changed_at, id);

CREATE INDEX project_member_person ON project_member (person_id, until);

CREATE INDEX project_school_school ON project_school (school_id);

CREATE INDEX project_school_state ON project (school_id, state, changed_at);

CREATE INDEX provider_request_expires ON provider_request (expires_at);

CREATE INDEX recovery_code_person ON recovery_code (person_id);

CREATE INDEX role_ends ON role (ends_at) WHERE ends_at IS NOT NULL;

CREATE INDEX role_person ON role (person_id, starts_at);

CREATE INDEX role_school ON role (school_id, kind, ends_at);

CREATE INDEX role_starts ON role (starts_at);

CREATE INDEX role_state ON role (state, kind);

CREATE INDEX roster_import_row_role ON roster_import_row (role_id);

CREATE INDEX roster_import_school ON roster_import (school_id, at);

CREATE UNIQUE INDEX roster_request_open ON roster_request (school_id, person_id) WHERE decided_at IS NULL;

CREATE INDEX roster_request_school ON roster_request (school_id, decided_at, at);

CREATE INDEX school_cell ON school (cell);

CREATE INDEX school_counts ON school
  (status, state, kind, membership, county, locale, grade_low, grade_high, students, cell);

CREATE INDEX school_county ON school (state, status, county);

CREATE INDEX school_domain ON school (domain);

CREATE INDEX school_duplicate_open ON school_duplicate (verdict, found_at, id);

CREATE INDEX school_duplicate_second ON school_duplicate (second_id);

CREATE INDEX school_history_import ON school_history (import_id, school_id);

CREATE INDEX school_history_person ON school_history (person_id);

CREATE INDEX school_history_school ON school_history (school_id, at, id);

CREATE INDEX school_import_at ON school_import (at);

CREATE INDEX school_list ON school (status, folded_name, id);

CREATE INDEX school_member ON school (membership, status, folded_name, id);

CREATE INDEX school_merger_at ON school_merger (at, id);

CREATE INDEX school_merger_from ON school_merger (from_id, at);

CREATE INDEX school_merger_into ON school_merger (into_id, at);

CREATE INDEX school_name_trigram_school ON school_name_trigram (school_id);

CREATE INDEX school_place ON school (state, folded_name, folded_city);

CREATE INDEX school_state ON school (state, status, folded_name, id);

CREATE INDEX school_successor ON school (successor_id);

CREATE INDEX session_person ON session (person_id, seen_at);

CREATE INDEX sign_in_code_browser ON sign_in_code (browser_hash, created_at);

CREATE INDEX sign_in_identity_person ON sign_in_identity (person_id);

CREATE UNIQUE INDEX signature_seat ON signature (membership_id, role) WHERE replaced_at IS NULL;

CREATE INDEX signature_waiting ON signature (signed_at, asked_at);

CREATE INDEX topic_reader_topic ON topic_reader (about_kind, about_id, level);

CREATE INDEX trial_due ON trial (state, due_on);

CREATE INDEX trial_idea ON trial (idea_id, state, reported_at);

CREATE INDEX trial_learned ON trial (state, reported_at, id);

CREATE INDEX trial_origin_measure ON trial_origin (measure_id);

CREATE INDEX trial_person ON trial (person_id, state, due_on);

CREATE INDEX trial_registration_by ON trial_registration (by_id);

CREATE INDEX trial_report_by ON trial_report (by_id);

CREATE INDEX trial_rule ON trial (state, rule);

CREATE INDEX trial_school ON trial (school_id, state, registered_at);

CREATE TRIGGER audit_kept BEFORE DELETE ON audit
WHEN old.at > (CAST(strftime('%s', 'now') AS INTEGER) - 31536000) * 1000
BEGIN SELECT RAISE(ABORT, 'the audit log keeps a year at least'); END;

CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TRIGGER concern_answer_never_changed BEFORE UPDATE OF id, measure_id, at, words, sentence, points ON concern_answer
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER concern_answer_never_gone BEFORE DELETE ON concern_answer
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER cycle_lock_never_changed BEFORE UPDATE ON cycle_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER cycle_lock_never_gone BEFORE DELETE ON cycle_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER cycle_plan_lock_never_changed BEFORE UPDATE ON cycle_plan_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER cycle_plan_lock_never_gone BEFORE DELETE ON cycle_plan_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER mark_withdrawal_never_changed BEFORE UPDATE OF mark_id, at, why ON mark_withdrawal
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER mark_withdrawal_never_gone BEFORE DELETE ON mark_withdrawal
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_change_never_changed BEFORE UPDATE OF id, measure_id, kind, at, old_name, new_name, why ON measure_change
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_change_never_gone BEFORE DELETE ON measure_change
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_definition_never_changed BEFORE UPDATE OF measure_id, number, at, why, who, what, how, unit, data_kind, better, chart_kind, rules, target, baseline_until ON measure_definition
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_definition_never_gone BEFORE DELETE ON measure_definition
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_lock_never_changed BEFORE UPDATE ON measure_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_lock_never_gone BEFORE DELETE ON measure_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_mark_never_changed BEFORE UPDATE OF id, measure_id, kind, period, words, at ON measure_mark
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_mark_never_gone BEFORE DELETE ON measure_mark
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_never_changed BEFORE UPDATE OF id, subgroup, schedule, created_at ON measure
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_never_gone BEFORE DELETE ON measure
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_value_never_changed BEFORE UPDATE OF measure_id, definition, period, value, x, n, at, follows_id, parts ON measure_value
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_value_never_gone BEFORE DELETE ON measure_value
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER measure_value_stays_ended BEFORE UPDATE OF state, why, ended_at ON measure_value
WHEN OLD.state NOT IN ('current', 'beside')
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER phase_lock_never_changed BEFORE UPDATE ON phase_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER phase_lock_never_gone BEFORE DELETE ON phase_lock
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER project_aim_never_changed BEFORE UPDATE OF project_id, number, at, why, words, population, measure, starts_at, goes_to, by_day ON project_aim
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER project_aim_never_gone BEFORE DELETE ON project_aim
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER project_step_never_changed BEFORE UPDATE OF project_id, number, at, state, decision, reason ON project_step
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER project_step_never_gone BEFORE DELETE ON project_step
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER "search_document_added" AFTER INSERT ON "search_document" BEGIN INSERT INTO "search_document_index" (rowid, title, body, marks) VALUES (new.number, new.title, new.body, new.marks);
INSERT INTO "search_document_titles" (rowid, title, marks) VALUES (new.number, new.title, new.marks); END;

CREATE TRIGGER "search_document_changed" AFTER UPDATE OF title, body, marks ON "search_document" BEGIN INSERT INTO "search_document_index" ("search_document_index", rowid, title, body, marks)
VALUES ('delete', old.number, old.title, old.body, old.marks);
INSERT INTO "search_document_titles" ("search_document_titles", rowid, title, marks) VALUES ('delete', old.number, old.title, old.marks);INSERT INTO "search_document_index" (rowid, title, body, marks) VALUES (new.number, new.title, new.body, new.marks);
INSERT INTO "search_document_titles" (rowid, title, marks) VALUES (new.number, new.title, new.marks); END;

CREATE TRIGGER "search_document_removed" AFTER DELETE ON "search_document" BEGIN INSERT INTO "search_document_index" ("search_document_index", rowid, title, body, marks)
VALUES ('delete', old.number, old.title, old.body, old.marks);
INSERT INTO "search_document_titles" ("search_document_titles", rowid, title, marks) VALUES ('delete', old.number, old.title, old.marks); END;

CREATE TRIGGER trial_origin_never_changed BEFORE UPDATE OF trial_id, cycle_id, measure_id, published_at ON trial_origin
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_origin_never_gone BEFORE DELETE ON trial_origin
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_registration_never_changed BEFORE UPDATE OF trial_id, number, at, participants, starts_on, due_on, measure, definition, unit, better, comparison, by_lot, predicted, probability, smallest ON trial_registration
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_registration_never_gone BEFORE DELETE ON trial_registration
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_series_never_changed BEFORE UPDATE ON trial_series
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_series_never_gone BEFORE DELETE ON trial_series
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_series_value_never_changed BEFORE UPDATE ON trial_series_value
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;

CREATE TRIGGER trial_series_value_never_gone BEFORE DELETE ON trial_series_value
BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;
