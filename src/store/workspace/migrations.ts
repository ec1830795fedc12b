/** A step from one version of the schema to the next. Steps are only ever added; none is changed once it is released. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** SQL of PostgreSQL 15. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'projects, keys, deploys, analyses',
    statements: [
      `CREATE TABLE projects (
        id text PRIMARY KEY,
        name text NOT NULL,
        created bigint NOT NULL,
        settings jsonb NOT NULL,
        salt text NOT NULL
      )`,
      `CREATE TABLE keys (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        name text NOT NULL,
        prefix text NOT NULL,
        hash text NOT NULL UNIQUE,
        scopes jsonb NOT NULL,
        created bigint NOT NULL,
        revoked bigint
      )`,
      'CREATE INDEX keys_of_project ON keys (project, created)',
      `CREATE TABLE deploys (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        at bigint NOT NULL,
        release text NOT NULL,
        prompt_version text NOT NULL,
        model text NOT NULL,
        environment text NOT NULL,
        note text NOT NULL
      )`,
      'CREATE INDEX deploys_of_project ON deploys (project, at DESC)',
      `CREATE TABLE analyses (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        at bigint NOT NULL,
        traces bigint NOT NULL,
        failed bigint NOT NULL,
        report bytea NOT NULL,
        facts bytea NOT NULL
      )`,
      'CREATE INDEX analyses_of_project ON analyses (project, at DESC)',
    ],
  },
  {
    version: 2,
    name: 'models of analyses',
    statements: [
      'ALTER TABLE analyses RENAME COLUMN facts TO model',
      'ALTER TABLE analyses ADD COLUMN assigned bigint',
    ],
  },
  {
    version: 3,
    name: 'how far histories of other tools were imported',
    statements: [
      `CREATE TABLE import_states (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        source text NOT NULL,
        state jsonb NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (project, source)
      )`,
    ],
  },
  {
    version: 4,
    name: 'decisions, activity',
    statements: [
      `CREATE TABLE decisions (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        kind text NOT NULL,
        subject text NOT NULL,
        field text NOT NULL,
        value jsonb NOT NULL,
        at bigint NOT NULL,
        actor text NOT NULL,
        PRIMARY KEY (project, kind, subject, field)
      )`,
      `CREATE TABLE activity (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        place bigint GENERATED ALWAYS AS IDENTITY,
        at bigint NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        changes jsonb NOT NULL,
        undoes text REFERENCES activity (id),
        undone_by text REFERENCES activity (id)
      )`,
      'CREATE INDEX activity_of_project ON activity (project, place DESC)',
    ],
  },
  {
    version: 5,
    name: 'progress of jobs, events',
    statements: [
      'CREATE TABLE job_progress (job text PRIMARY KEY, progress jsonb NOT NULL)',
      `CREATE TABLE events (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        project text NOT NULL,
        kind text NOT NULL,
        data jsonb NOT NULL,
        at bigint NOT NULL
      )`,
    ],
  },
  {
    version: 6,
    name: 'sessions',
    statements: [
      `CREATE TABLE analysis_sessions (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        created bigint NOT NULL,
        made_by text NOT NULL,
        parent text,
        name text NOT NULL,
        filter jsonb NOT NULL,
        options jsonb NOT NULL,
        agenda jsonb NOT NULL,
        people jsonb NOT NULL,
        minutes bigint NOT NULL,
        notes text NOT NULL,
        state text NOT NULL,
        progress jsonb,
        started bigint,
        ended bigint,
        traces bigint,
        failed bigint,
        error jsonb,
        report bytea
      )`,
      'CREATE INDEX sessions_of_project ON analysis_sessions (project, created DESC)',
    ],
  },
  {
    version: 7,
    name: 'taxonomies, labels, queues',
    statements: [
      // `content_of` is the first version with the same content: taking a change back repeats an older one.
      `CREATE TABLE taxonomies (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        version integer NOT NULL,
        content jsonb NOT NULL,
        content_of integer NOT NULL,
        at bigint NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        PRIMARY KEY (project, version)
      )`,
      `CREATE TABLE queues (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        kind text NOT NULL,
        settings jsonb NOT NULL,
        created bigint NOT NULL,
        actor text NOT NULL
      )`,
      'CREATE INDEX queues_of_project ON queues (project, created DESC)',
      `CREATE TABLE queue_items (
        id text PRIMARY KEY,
        queue text NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
        project text NOT NULL,
        subject text NOT NULL,
        points integer NOT NULL,
        reasons jsonb NOT NULL,
        added bigint NOT NULL,
        wanted integer NOT NULL,
        is_open boolean NOT NULL,
        holders jsonb NOT NULL DEFAULT '{}',
        answered text[] NOT NULL DEFAULT '{}',
        deferred text[] NOT NULL DEFAULT '{}',
        settled text,
        UNIQUE (queue, subject)
      )`,
      'CREATE INDEX queue_items_to_do ON queue_items (queue, points DESC) WHERE is_open',
      'CREATE INDEX queue_items_of_subject ON queue_items (project, subject)',
      `CREATE TABLE labels (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        kind text NOT NULL,
        subject text NOT NULL,
        person text NOT NULL,
        triage text NOT NULL,
        category text,
        note text NOT NULL,
        codes jsonb NOT NULL,
        proposal text,
        milliseconds bigint,
        taxonomy integer NOT NULL,
        at bigint NOT NULL,
        queue text REFERENCES queues (id) ON DELETE CASCADE,
        item text REFERENCES queue_items (id) ON DELETE CASCADE,
        settles boolean NOT NULL DEFAULT false
      )`,
      'CREATE INDEX labels_of_project ON labels (project, at DESC)',
      'CREATE INDEX labels_of_category ON labels (project, category)',
      'CREATE UNIQUE INDEX one_answer ON labels (item, person) WHERE item IS NOT NULL AND NOT settles',
      'CREATE UNIQUE INDEX one_settlement ON labels (item) WHERE settles',
      'CREATE UNIQUE INDEX one_label ON labels (project, kind, subject, person) WHERE item IS NULL',
    ],
  },
  {
    version: 8,
    name: 'people, invitations, audit',
    statements: [
      `CREATE TABLE people (
        id text PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL UNIQUE,
        email_verified boolean NOT NULL,
        image text,
        is_owner boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      `CREATE TABLE sign_ins (
        id text PRIMARY KEY,
        token text NOT NULL UNIQUE,
        person text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        ip_address text,
        user_agent text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      'CREATE INDEX sign_ins_of_person ON sign_ins (person)',
      `CREATE TABLE accounts (
        id text PRIMARY KEY,
        account_id text NOT NULL,
        provider_id text NOT NULL,
        person text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        password text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      'CREATE INDEX accounts_of_person ON accounts (person)',
      `CREATE TABLE verifications (
        id text PRIMARY KEY,
        identifier text NOT NULL,
        value text NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`,
      'CREATE INDEX verifications_by_identifier ON verifications (identifier)',
      `CREATE TABLE members (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        person text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        role text NOT NULL,
        since bigint NOT NULL,
        PRIMARY KEY (project, person)
      )`,
      'CREATE INDEX members_by_person ON members (person)',
      `CREATE TABLE invitations (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        email text NOT NULL,
        role text NOT NULL,
        by text NOT NULL,
        hash text NOT NULL UNIQUE,
        created bigint NOT NULL,
        expires bigint NOT NULL
      )`,
      `CREATE TABLE audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        project text NOT NULL,
        at bigint NOT NULL,
        by text NOT NULL,
        name text NOT NULL,
        action text NOT NULL,
        subject text NOT NULL,
        before jsonb,
        after jsonb
      )`,
      'CREATE INDEX audit_of_project ON audit (project, id DESC)',
      'CREATE TABLE secrets (name text PRIMARY KEY, value text NOT NULL)',
    ],
  },
  {
    version: 9,
    name: 'watchers',
    statements: [
      `CREATE TABLE watchers (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        id text NOT NULL,
        settings jsonb NOT NULL,
        removed boolean NOT NULL DEFAULT false,
        PRIMARY KEY (project, id)
      )`,
      `CREATE TABLE watcher_states (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        watcher text NOT NULL,
        until bigint NOT NULL,
        state jsonb NOT NULL,
        PRIMARY KEY (project, watcher)
      )`,
      `CREATE TABLE incidents (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        id text NOT NULL,
        watcher text NOT NULL,
        start bigint NOT NULL,
        ended bigint,
        end_kind text,
        alert jsonb NOT NULL,
        PRIMARY KEY (project, id)
      )`,
      'CREATE INDEX incidents_by_start ON incidents (project, start DESC)',
      `CREATE TABLE deliveries (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        channel text NOT NULL,
        alert jsonb NOT NULL,
        created bigint NOT NULL,
        state text NOT NULL,
        attempts bigint NOT NULL,
        due bigint NOT NULL,
        error text NOT NULL
      )`,
      `CREATE INDEX deliveries_due ON deliveries (due) WHERE state = 'waiting'`,
      'CREATE INDEX deliveries_of_project ON deliveries (project, created DESC)',
    ],
  },
  {
    version: 10,
    name: 'schedules',
    statements: [
      `CREATE TABLE schedules (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        id text NOT NULL,
        settings jsonb NOT NULL,
        until bigint NOT NULL,
        PRIMARY KEY (project, id)
      )`,
    ],
  },
  {
    version: 11,
    name: 'comparisons',
    statements: [
      `CREATE TABLE comparisons (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        created bigint NOT NULL,
        made_by text NOT NULL,
        sides jsonb NOT NULL,
        state text NOT NULL,
        progress jsonb,
        started bigint,
        ended bigint,
        headline jsonb,
        error jsonb,
        report bytea
      )`,
      'CREATE INDEX comparisons_of_project ON comparisons (project, created DESC)',
    ],
  },
  {
    version: 12,
    name: 'runs of suites that were sent',
    statements: [
      `CREATE TABLE sent_runs (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        id text NOT NULL,
        at bigint NOT NULL,
        by text NOT NULL,
        summary bytea NOT NULL,
        report bytea NOT NULL,
        PRIMARY KEY (project, id)
      )`,
    ],
  },
  {
    version: 13,
    name: 'links that set a new password',
    statements: [
      `CREATE TABLE password_resets (
        person text PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
        by text NOT NULL,
        hash text NOT NULL UNIQUE,
        created bigint NOT NULL,
        expires bigint NOT NULL
      )`,
    ],
  },
  {
    version: 14,
    name: 'from when on an analysis looked at traces',
    statements: [
      'ALTER TABLE analyses ADD COLUMN window_from bigint',
      'ALTER TABLE analyses ADD COLUMN stored bigint NOT NULL DEFAULT 0',
      `UPDATE analyses SET window_from = at - ${30 * 86_400_000}`,
    ],
  },
  {
    version: 15,
    name: 'causes by tenant, and links to reports of one',
    statements: [
      'ALTER TABLE analyses ADD COLUMN tenants bytea',
      `CREATE TABLE shared_links (
        id text PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        tenant text NOT NULL,
        session text NOT NULL,
        hash text NOT NULL UNIQUE,
        created bigint NOT NULL,
        by text NOT NULL,
        expires bigint NOT NULL,
        revoked bigint,
        openings bigint NOT NULL,
        opened bigint
      )`,
      'CREATE INDEX shared_links_of_project ON shared_links (project, created DESC)',
    ],
  },
  {
    version: 16,
    name: 'proposals of re-clusterings',
    statements: [
      `CREATE TABLE proposals (
        project text PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
        session text NOT NULL,
        at bigint NOT NULL,
        items jsonb NOT NULL
      )`,
    ],
  },
  {
    version: 17,
    name: 'online judges',
    statements: [
      `CREATE TABLE online_judges (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        judge text NOT NULL,
        settings jsonb NOT NULL,
        version text NOT NULL DEFAULT '',
        since bigint NOT NULL,
        removed boolean NOT NULL DEFAULT false,
        PRIMARY KEY (project, judge)
      )`,
      `CREATE TABLE judge_calls (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        judge text NOT NULL,
        trace text NOT NULL,
        at bigint NOT NULL,
        state text NOT NULL,
        tokens bigint NOT NULL,
        dollars double precision NOT NULL,
        score jsonb,
        error text NOT NULL,
        written boolean NOT NULL
      )`,
      'CREATE INDEX judge_calls_of_judge ON judge_calls (project, judge, at)',
    ],
  },
  {
    version: 18,
    name: 'backfills',
    statements: [
      'ALTER TABLE analyses DROP COLUMN assigned',
      `CREATE TABLE backfills (
        project text PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
        judged_by text NOT NULL,
        traces bigint NOT NULL,
        older bigint NOT NULL,
        ended bigint
      )`,
    ],
  },
  {
    version: 19,
    name: 'what judged traces before a backfill',
    statements: ["ALTER TABLE backfills ADD COLUMN replaces text NOT NULL DEFAULT ''"],
  },
  {
    version: 20,
    name: 'narratives of causes',
    statements: [
      `CREATE TABLE narratives (
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        cause text NOT NULL,
        state text NOT NULL,
        by text NOT NULL,
        asked bigint NOT NULL,
        ended bigint,
        asks_again boolean NOT NULL,
        error text,
        narrative text,
        told bigint,
        traces jsonb NOT NULL,
        PRIMARY KEY (project, cause)
      )`,
      `CREATE TABLE label_calls (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        project text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        key text NOT NULL,
        at bigint NOT NULL,
        state text NOT NULL,
        dollars double precision NOT NULL,
        answer text
      )`,
      'CREATE INDEX label_calls_of_content ON label_calls (project, key)',
      'CREATE INDEX label_calls_of_time ON label_calls (at)',
    ],
  },
];
