-- The ledger as the first released schema held it, with one of everything.
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
INSERT INTO "caopan_version" VALUES('0001');
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
