CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"state" text NOT NULL,
	"bucket" text NOT NULL,
	"object_key" text NOT NULL,
	"filename" text NOT NULL,
	"content_type" text NOT NULL,
	"declared_size_bytes" bigint NOT NULL,
	"requested_variables" jsonb NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"url_expires_at" timestamp with time zone NOT NULL,
	"ticket_expires_at" timestamp with time zone NOT NULL,
	"uploaded_at" timestamp with time zone,
	"size_bytes" bigint,
	"etag" text,
	"mime_type" text,
	"image_width" integer,
	"image_height" integer,
	"image_format" text,
	"crc64" text,
	"content_md5" text,
	"operation" text,
	"client_ip" text,
	"variables" jsonb,
	"callback_request_id" text,
	"callback_body_sha256" text,
	"answer" text,
	CONSTRAINT "uploads_object_key_unique" UNIQUE("object_key"),
	CONSTRAINT "uploads_facts_with_state" CHECK ("uploads"."state" = 'issued' or ("uploads"."uploaded_at" is not null and "uploads"."size_bytes" is not null
        and "uploads"."etag" is not null and "uploads"."answer" is not null))
);
--> statement-breakpoint
CREATE INDEX "uploads_by_user_newest" ON "uploads" USING btree ("user_id","issued_at" DESC NULLS LAST,"id" DESC NULLS LAST);