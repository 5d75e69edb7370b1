-- Every table, view, index and search index of news.db. build/core/records.py holds one dataclass per table.
-- Wherever a row has a span: substr(paragraph.text, start_char + 1, end_char - start_char) = text.

create table sources (
  id text primary key not null,
  name text not null,
  kind text not null check (kind in ('agency', 'newspaper', 'website', 'broadcaster', 'government', 'other')),
  country text,
  url text
) strict;

create table articles (
  id text primary key not null,
  seed text not null unique,
  title text,
  display_title text not null,
  source_id text references sources (id),
  url text,
  published text,
  published_earliest text,
  published_latest text,
  published_basis text not null check (published_basis in ('stated', 'inferred', 'unknown')),
  dateline text,
  language text not null,
  credit text,
  origin_id text references sources (id),
  origin_basis text not null check (origin_basis in ('stated', 'inferred', 'unknown')),
  rights text,
  text_sha256 text not null,
  words integer not null,
  check ((published is null) = (published_basis = 'unknown')),
  check ((origin_id is null) = (origin_basis = 'unknown'))
) strict;

create table paragraphs (
  id text primary key not null,
  article_id text not null references articles (id),
  position integer not null,
  role text not null check (role in (
    'headline', 'subheading', 'dateline', 'body', 'embed', 'caption', 'credit', 'timestamp', 'link', 'boilerplate'
  )),
  text text not null,
  start_char integer not null,
  end_char integer not null,
  repeats integer not null check (repeats >= 1),
  unique (article_id, position),
  check (end_char - start_char = length(text))
) strict;

create table notes (
  id text primary key not null,
  article_id text not null references articles (id),
  paragraph_id text references paragraphs (id),
  start_char integer,
  end_char integer,
  text text,
  kind text not null check (kind in ('source_error', 'scare_quotes', 'editorial')),
  note text not null
) strict;

create table people (
  id text primary key not null,
  name text not null,
  description text
) strict;

create table aliases (
  id text primary key not null,
  person_id text not null references people (id),
  alias text not null,
  kind text not null check (kind in ('name', 'variant', 'title', 'description'))
) strict;

create table mentions (
  id text primary key not null,
  paragraph_id text not null references paragraphs (id),
  article_id text not null references articles (id),
  person_id text not null references people (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  kind text not null check (kind in ('name', 'description', 'pronoun')),
  role_as_stated text,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table organizations (
  id text primary key not null,
  name text not null,
  description text
) strict;

create table organization_aliases (
  id text primary key not null,
  organization_id text not null references organizations (id),
  alias text not null,
  kind text not null check (kind in ('name', 'variant', 'title', 'description'))
) strict;

create table organization_mentions (
  id text primary key not null,
  paragraph_id text not null references paragraphs (id),
  article_id text not null references articles (id),
  organization_id text not null references organizations (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  kind text not null check (kind in ('name', 'description', 'pronoun')),
  role_as_stated text,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table places (
  id text primary key not null,
  name text not null,
  description text
) strict;

create table place_aliases (
  id text primary key not null,
  place_id text not null references places (id),
  alias text not null,
  kind text not null check (kind in ('name', 'variant', 'title', 'description'))
) strict;

create table place_mentions (
  id text primary key not null,
  paragraph_id text not null references paragraphs (id),
  article_id text not null references articles (id),
  place_id text not null references places (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  kind text not null check (kind in ('name', 'description', 'pronoun')),
  role_as_stated text,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table events (
  id text primary key not null,
  name text not null,
  kind text not null,
  date text,
  date_earliest text,
  date_latest text,
  date_basis text not null check (date_basis in ('stated', 'inferred', 'unknown')),
  status text not null check (status in ('occurred', 'planned', 'reported', 'hypothetical')),
  place_id text references places (id),
  part_of text references events (id),
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated')),
  check ((date is null) = (date_basis = 'unknown'))
) strict;

create table event_people (
  id text primary key not null,
  event_id text not null references events (id),
  person_id text not null references people (id),
  role text,
  paragraph_id text not null references paragraphs (id),
  article_id text not null references articles (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table event_reports (
  id text primary key not null,
  event_id text not null references events (id),
  paragraph_id text not null references paragraphs (id),
  article_id text not null references articles (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  date_as_stated text,
  date_resolved text,
  rule text,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table claims (
  id text primary key not null,
  article_id text not null references articles (id),
  paragraph_id text not null references paragraphs (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  prefix text not null,
  suffix text not null,
  kind text not null check (kind in ('direct', 'indirect', 'mixed', 'assertion')),
  speaker_id text references people (id),
  speaker_organization_id text references organizations (id),
  speaker_as_stated text,
  speaker_unknown text,
  cue text,
  via text,
  polarity text check (polarity in ('affirms', 'denies', 'unsure')),
  event_id text references events (id),
  utterance text,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated')),
  speaker_confidence real
) strict;

create table figures (
  id text primary key not null,
  claim_id text not null references claims (id),
  start_char integer not null,
  end_char integer not null,
  text text not null,
  value_min any,
  value_max any,
  comparator text not null check (comparator in (
    'exactly', 'about', 'at_least', 'more_than', 'at_most', 'less_than'
  )),
  unit text,
  measures text,
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table propositions (
  id text primary key not null,
  text text not null,
  event_id text references events (id),
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table claim_propositions (
  id text primary key not null,
  claim_id text not null references claims (id),
  proposition_id text not null references propositions (id),
  stance text not null check (stance in ('supports', 'differs', 'contradicts')),
  method text not null check (method in ('extracted', 'reviewed', 'curated')),
  confidence real check ((confidence is null) = (method = 'curated'))
) strict;

create table redirects (
  table_name text not null,
  id text not null,
  new_id text not null,
  primary key (table_name, id)
) strict;

create table build (
  id text primary key not null,
  seeds_sha256 text not null,
  version text not null,
  date text,
  extractor text,
  model text
) strict;

-- What this edition is, from seeds/site.yml: one row.
create table site (
  id text primary key not null,
  title text not null,
  description text,
  about_line text,
  about text, -- Markdown
  license text,
  license_url text,
  report_errors_to text,
  annotated_by text,
  home text -- what stands on home, in order: a JSON array of names
) strict;

-- What every table and view is, and every column of it (column_name is null for the table itself).
create table dictionary (
  id text primary key not null,
  table_name text not null,
  column_name text,
  label text not null,
  meaning text not null
) strict;

-- How well the extractor does on news that people have annotated.
create table scores (
  id text primary key not null,
  measure text not null,
  measured_on text not null,
  share real not null check (share between 0 and 1),
  date text not null
) strict;

-- Every date that the dataset shows, with the month and the year that it begins with: nobody else reads EDTF.
create table dates (
  id text primary key not null,
  words text not null,
  earliest text,
  latest text
) strict, without rowid;

-- For the nearest spelling of a word that a search does not find.
create table words (
  id text primary key not null,
  word text not null,
  texts integer not null
) strict, without rowid;

-- What facets with sources say of all rows of a table; see build/output/facet_counts.py.
create table facet_counts (
  table_name text not null,
  facet text not null,
  column_name text not null,
  value any not null,
  row_count integer not null,
  articles integer not null,
  origins integer not null,
  sources text not null, -- the ids of the first five articles, a JSON array
  primary key (table_name, facet, column_name, value)
) strict, without rowid;

create index articles_source_id on articles (source_id);
create index articles_origin_id on articles (origin_id);
create index articles_published_earliest on articles (published_earliest, id);
create index notes_article_id on notes (article_id);
create index notes_paragraph_id on notes (paragraph_id);
create index aliases_person_id on aliases (person_id);
create index organization_aliases_organization_id on organization_aliases (organization_id);
create index place_aliases_place_id on place_aliases (place_id);
create index mentions_paragraph_id on mentions (paragraph_id);
create index mentions_article_id on mentions (article_id);
create index mentions_person_id on mentions (person_id);
create index organization_mentions_paragraph_id on organization_mentions (paragraph_id);
create index organization_mentions_article_id on organization_mentions (article_id);
create index organization_mentions_organization_id on organization_mentions (organization_id);
create index place_mentions_paragraph_id on place_mentions (paragraph_id);
create index place_mentions_article_id on place_mentions (article_id);
create index place_mentions_place_id on place_mentions (place_id);
create index events_date_earliest on events (date_earliest);
create index events_place_id on events (place_id);
create index events_part_of on events (part_of);
create index event_people_event_id on event_people (event_id);
create index event_people_person_id on event_people (person_id);
create index event_people_paragraph_id on event_people (paragraph_id);
create index event_people_article_id on event_people (article_id);
create index event_reports_event_id on event_reports (event_id);
create index event_reports_paragraph_id on event_reports (paragraph_id);
create index event_reports_article_id on event_reports (article_id);
create index claims_article_id on claims (article_id);
create index claims_paragraph_id on claims (paragraph_id);
create index claims_speaker_id on claims (speaker_id);
create index claims_speaker_organization_id on claims (speaker_organization_id);
create index claims_event_id on claims (event_id);
create index figures_claim_id on figures (claim_id);
create index propositions_event_id on propositions (event_id);
create index claim_propositions_claim_id on claim_propositions (claim_id);
create index claim_propositions_proposition_id on claim_propositions (proposition_id);

-- What counts as an independent origin of an article, with its day for the order: an unknown one (null) never does.
create view article_origins as
select id as article_id, published, origin_id as origin
from articles;

-- How rows lead to their articles. A row that has an article_id rests on that article. What <table>_articles has under
-- its id are the articles of another one, each time with the words that say so, where there are some. All others rest
-- on what their foreign keys lead to: a figure on its claim, an alias on its person, who took part on the event.
create view sources_articles as
select source_id as id, id as article_id
from articles
where source_id is not null;

create view people_articles as
select person_id as id, article_id, paragraph_id, start_char, end_char, text
from mentions;

create view organizations_articles as
select organization_id as id, article_id, paragraph_id, start_char, end_char, text
from organization_mentions;

create view places_articles as
select place_id as id, article_id, paragraph_id, start_char, end_char, text
from place_mentions;

create view events_articles as
select event_id as id, article_id, paragraph_id, start_char, end_char, text
from event_reports;

create view propositions_articles as
select proposition_id as id, article_id, paragraph_id, start_char, end_char, text
from claim_propositions
join claims on claims.id = claim_propositions.claim_id;

create view timeline_articles as
select *
from events_articles;

create view proposition_status_articles as
select *
from propositions_articles;

-- What happened when, with who took part and how many independent origins report it.
create view timeline as
select
  events.id,
  events.date,
  events.name,
  events.kind,
  events.status,
  places.name as place,
  (
    select group_concat(name, ', ')
    from (
      select people.name
      from event_people
      join people on people.id = event_people.person_id
      where event_people.event_id = events.id
      order by people.name
    )
  ) as people,
  (
    select count(distinct article_id)
    from events_articles
    where events_articles.id = events.id
  ) as articles,
  (
    select count(distinct origin)
    from events_articles
    join article_origins using (article_id)
    where events_articles.id = events.id
  ) as independent_origins,
  (
    select count(distinct article_id)
    from events_articles
    join article_origins using (article_id)
    where events_articles.id = events.id and origin is null
  ) as unknown_origins,
  events.date_basis,
  events.date_earliest,
  events.date_latest,
  events.method,
  events.confidence
from events
left join places on places.id = events.place_id
order by events.date_earliest nulls last, events.date_latest, events.id;

-- A claim with its article, source, speaker and paragraph: the flat file that people download.
create view claim_sources as
select
  claims.id,
  claims.text,
  claims.kind,
  people.name as speaker,
  organizations.name as speaker_organization,
  claims.speaker_as_stated,
  claims.cue,
  claims.via,
  claims.polarity,
  claims.utterance,
  events.name as event,
  articles.display_title as article,
  sources.name as source,
  origins.name as origin,
  articles.published,
  articles.published_basis,
  articles.url,
  paragraphs.text as paragraph,
  claims.start_char,
  claims.end_char,
  claims.method,
  claims.confidence,
  claims.speaker_confidence,
  claims.article_id,
  claims.paragraph_id,
  claims.speaker_id,
  claims.speaker_organization_id,
  claims.event_id
from claims
join articles on articles.id = claims.article_id
join paragraphs on paragraphs.id = claims.paragraph_id
left join sources on sources.id = articles.source_id
left join sources as origins on origins.id = articles.origin_id
left join people on people.id = claims.speaker_id
left join organizations on organizations.id = claims.speaker_organization_id
left join events on events.id = claims.event_id
order by articles.published_earliest, articles.id, paragraphs.position, claims.start_char;

-- How a comparison comes out: counted in independent origins, not in articles. To differ takes two of them.
create view proposition_status as
select
  id,
  text,
  articles,
  independent_origins,
  unknown_origins,
  supports,
  differs,
  contradicts,
  case
    when independent_origins < 2 then 'single-origin'
    when contradicts > 0 then 'contradicted'
    when differs > 0 then 'divergent'
    when supporting_origins > 1 then 'corroborated'
    else 'single-origin'
  end as status,
  event_id,
  method,
  confidence
from (
  select
    propositions.id,
    propositions.text,
    propositions.event_id,
    propositions.method,
    propositions.confidence,
    count(distinct claims.article_id) as articles,
    count(distinct origin) as independent_origins,
    count(distinct claims.article_id) filter (where origin is null) as unknown_origins,
    count(distinct origin) filter (where claim_propositions.stance = 'supports') as supporting_origins,
    count(claim_propositions.id) filter (where claim_propositions.stance = 'supports') as supports,
    count(claim_propositions.id) filter (where claim_propositions.stance = 'differs') as differs,
    count(claim_propositions.id) filter (where claim_propositions.stance = 'contradicts') as contradicts
  from propositions
  left join claim_propositions on claim_propositions.proposition_id = propositions.id
  left join claims on claims.id = claim_propositions.claim_id
  left join article_origins on article_origins.article_id = claims.article_id
  group by propositions.id
);

-- Each wording in every comparison in which the sources do not agree.
create view disagreements as
select
  proposition_status.id as proposition_id,
  proposition_status.text as proposition,
  proposition_status.status,
  claim_propositions.stance,
  claims.text,
  sources.name as source,
  articles.display_title as article,
  claims.id as claim_id,
  claims.article_id,
  claims.paragraph_id,
  claims.start_char,
  claims.end_char
from proposition_status
join claim_propositions on claim_propositions.proposition_id = proposition_status.id
join claims on claims.id = claim_propositions.claim_id
join articles on articles.id = claims.article_id
left join sources on sources.id = articles.source_id
where proposition_status.status in ('divergent', 'contradicted')
order by proposition_status.id, claim_propositions.stance, claims.id;

-- The offices of a person in the words of each article that names one.
create view roles_as_stated as
select
  people.id as person_id,
  people.name as person,
  mentions.role_as_stated,
  sources.name as source,
  articles.display_title as article,
  articles.published,
  count(*) as times,
  mentions.article_id
from mentions
join people on people.id = mentions.person_id
join articles on articles.id = mentions.article_id
left join sources on sources.id = articles.source_id
where mentions.role_as_stated is not null
group by people.id, mentions.role_as_stated, mentions.article_id
order by people.name, articles.published_earliest, mentions.article_id, mentions.role_as_stated;

-- What the search indexes hold. Page furniture is left out, and of an article's text the stamp of its date:
-- an index over a part of a table fails its own integrity check, an index over a view of that part passes it.
create view articles_searchable as
select
  articles.rowid,
  articles.display_title,
  (
    select group_concat(text, char(10))
    from (
      select text
      from paragraphs
      where paragraphs.article_id = articles.id and paragraphs.role not in ('boilerplate', 'timestamp')
      order by position
    )
  ) as body
from articles;

create view paragraphs_searchable as
select rowid, text
from paragraphs
where role <> 'boilerplate';

create view people_searchable as
select
  people.rowid,
  people.name,
  (
    select group_concat(alias, char(10))
    from (
      select alias
      from aliases
      where aliases.person_id = people.id
      order by aliases.id
    )
  ) as aliases,
  people.description
from people;

create view events_searchable as
select rowid, name, kind
from events;

-- With the speaker's name, though the article may say "he", and the cue: so that "Doe said" finds what she said.
create view claims_searchable as
select
  claims.rowid,
  claims.text,
  people.name as speaker,
  organizations.name as speaker_organization,
  claims.speaker_as_stated,
  claims.cue
from claims
left join people on people.id = claims.speaker_id
left join organizations on organizations.id = claims.speaker_organization_id;

create view propositions_searchable as
select rowid, text
from propositions;

-- Written without spaces, content='…' tells Datasette 1.0 that a table is an index, and to be hidden.
create virtual table articles_fts using fts5 (
  display_title, body,
  content='articles_searchable', tokenize = 'porter unicode61 remove_diacritics 2'
);
create virtual table paragraphs_fts using fts5 (
  text,
  content='paragraphs_searchable', tokenize = 'porter unicode61 remove_diacritics 2'
);
create virtual table people_fts using fts5 (
  name, aliases, description,
  content='people_searchable', tokenize = 'porter unicode61 remove_diacritics 2'
);
create virtual table events_fts using fts5 (
  name, kind,
  content='events_searchable', tokenize = 'porter unicode61 remove_diacritics 2'
);
create virtual table claims_fts using fts5 (
  text, speaker, speaker_organization, speaker_as_stated, cue,
  content='claims_searchable', tokenize = 'porter unicode61 remove_diacritics 2'
);
create virtual table propositions_fts using fts5 (
  text,
  content='propositions_searchable', tokenize = 'porter unicode61 remove_diacritics 2'
);
