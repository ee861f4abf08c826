BEGIN TRANSACTION;
CREATE TABLE batch_counts (
	batch_id BIGINT NOT NULL, 
	table_name TEXT NOT NULL, 
	added BIGINT NOT NULL, 
	replaced BIGINT NOT NULL, 
	unchanged BIGINT NOT NULL, 
	repeated BIGINT NOT NULL, 
	overruled BIGINT NOT NULL, 
	PRIMARY KEY (batch_id, table_name), 
	CONSTRAINT fk_batch_counts_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id)
);
INSERT INTO "batch_counts" VALUES(1,'belts',2,0,0,0,0);
INSERT INTO "batch_counts" VALUES(2,'belts',0,1,0,0,0);
CREATE TABLE batch_files (
	batch_id BIGINT NOT NULL, 
	path TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	PRIMARY KEY (batch_id, path), 
	CONSTRAINT fk_batch_files_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id)
);
INSERT INTO "batch_files" VALUES(1,'facts/belts/1/rows.parquet','belts','rows');
INSERT INTO "batch_files" VALUES(2,'facts/belts/2/rows.parquet','belts','rows');
INSERT INTO "batch_files" VALUES(2,'facts/belts/2/superseded.parquet','belts','superseded');
CREATE TABLE batches (
	id BIGINT NOT NULL, 
	made_at DATETIME NOT NULL, 
	undone_at DATETIME, 
	note TEXT NOT NULL, 
	files JSON NOT NULL, 
	CONSTRAINT pk_batches PRIMARY KEY (id)
);
INSERT INTO "batches" VALUES(1,'2026-03-01 00:00:00.000000',NULL,'首次','["场次.csv"]');
INSERT INTO "batches" VALUES(2,'2026-03-02 00:00:00.000000','2026-03-03 00:00:00.000000','','[]');
CREATE TABLE caopan_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT caopan_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "caopan_version" VALUES('0002');
CREATE TABLE documents (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	inputs_hash TEXT NOT NULL, 
	body JSON NOT NULL, 
	CONSTRAINT pk_documents PRIMARY KEY (id)
);
INSERT INTO "documents" VALUES(1,'report',1,'2026-03-04 00:00:00.000000','abc','{"headline": "人气下滑"}');
CREATE TABLE leanings (
	batch_id BIGINT NOT NULL, 
	earlier_id BIGINT NOT NULL, 
	PRIMARY KEY (batch_id, earlier_id), 
	CONSTRAINT fk_leanings_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id), 
	CONSTRAINT fk_leanings_earlier_id FOREIGN KEY(earlier_id) REFERENCES batches (id)
);
INSERT INTO "leanings" VALUES(2,1);
CREATE TABLE live_commands (
	room BIGINT NOT NULL, 
	seq BIGINT NOT NULL, 
	id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	rev BIGINT NOT NULL, 
	body JSON NOT NULL, 
	PRIMARY KEY (room, seq), 
	CONSTRAINT uq_live_commands_room_id UNIQUE (room, id), 
	CONSTRAINT fk_live_commands_room FOREIGN KEY(room) REFERENCES live_rooms (number)
);
INSERT INTO "live_commands" VALUES(1,1,'c1','2026-03-04 12:00:00.000000',2,'{"kind": "start"}');
CREATE TABLE live_events (
	room BIGINT NOT NULL, 
	id TEXT NOT NULL, 
	PRIMARY KEY (room, id), 
	CONSTRAINT fk_live_events_room FOREIGN KEY(room) REFERENCES live_rooms (number)
)
 WITHOUT ROWID

;
INSERT INTO "live_events" VALUES(1,'a');
INSERT INTO "live_events" VALUES(1,'b');
INSERT INTO "live_events" VALUES(1,'c');
CREATE TABLE live_facts (
	room BIGINT NOT NULL, 
	rev BIGINT NOT NULL, 
	body JSON NOT NULL, 
	PRIMARY KEY (room, rev), 
	CONSTRAINT fk_live_facts_room FOREIGN KEY(room) REFERENCES live_rooms (number)
);
INSERT INTO "live_facts" VALUES(1,1,'[{"kind": "order"}]');
CREATE TABLE live_minutes (
	room BIGINT NOT NULL, 
	minute BIGINT NOT NULL, 
	body JSON NOT NULL, 
	PRIMARY KEY (room, minute), 
	CONSTRAINT fk_live_minutes_room FOREIGN KEY(room) REFERENCES live_rooms (number)
);
INSERT INTO "live_minutes" VALUES(1,29404000,'[[1], 2, 3, {}, {}]');
CREATE TABLE live_rooms (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	rev BIGINT NOT NULL, 
	body JSON NOT NULL, 
	heard JSON NOT NULL, 
	CONSTRAINT pk_live_rooms PRIMARY KEY (number), 
	CONSTRAINT uq_live_rooms_id UNIQUE (id)
);
INSERT INTO "live_rooms" VALUES(1,'r1','2026-03-04 12:00:00.000000',2,'{"title": "夜场"}','{"online": [1, 2, "hand"]}');
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('ledger','"1111111111111111111111111111111111111111111111111111111111111111"');
INSERT INTO "settings" VALUES('mapping:店铺','{"a": "b"}');
INSERT INTO "settings" VALUES('lang','"zh"');
INSERT INTO "settings" VALUES('salt','"2222222222222222222222222222222222222222222222222222222222222222"');
CREATE TABLE superseded (
	batch_id BIGINT NOT NULL, 
	table_name TEXT NOT NULL, 
	earlier_id BIGINT NOT NULL, 
	rows BIGINT NOT NULL, 
	PRIMARY KEY (batch_id, table_name, earlier_id), 
	CONSTRAINT fk_superseded_batch_id FOREIGN KEY(batch_id) REFERENCES batches (id), 
	CONSTRAINT fk_superseded_earlier_id FOREIGN KEY(earlier_id) REFERENCES batches (id)
);
INSERT INTO "superseded" VALUES(2,'belts',1,1);
CREATE INDEX ix_batches_made_at ON batches (made_at);
CREATE INDEX ix_documents_kind_id ON documents (kind, id);
COMMIT;
