BEGIN TRANSACTION;
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" VALUES(1,1,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" VALUES(2,1,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" VALUES(3,1,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" VALUES(4,1,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" VALUES(5,2,'add_permission','Can add permission');
INSERT INTO "auth_permission" VALUES(6,2,'change_permission','Can change permission');
INSERT INTO "auth_permission" VALUES(7,2,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" VALUES(8,2,'view_permission','Can view permission');
INSERT INTO "auth_permission" VALUES(9,3,'add_group','Can add group');
INSERT INTO "auth_permission" VALUES(10,3,'change_group','Can change group');
INSERT INTO "auth_permission" VALUES(11,3,'delete_group','Can delete group');
INSERT INTO "auth_permission" VALUES(12,3,'view_group','Can view group');
INSERT INTO "auth_permission" VALUES(13,4,'add_user','Can add user');
INSERT INTO "auth_permission" VALUES(14,4,'change_user','Can change user');
INSERT INTO "auth_permission" VALUES(15,4,'delete_user','Can delete user');
INSERT INTO "auth_permission" VALUES(16,4,'view_user','Can view user');
INSERT INTO "auth_permission" VALUES(17,5,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" VALUES(18,5,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" VALUES(19,5,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" VALUES(20,5,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" VALUES(21,6,'add_session','Can add session');
INSERT INTO "auth_permission" VALUES(22,6,'change_session','Can change session');
INSERT INTO "auth_permission" VALUES(23,6,'delete_session','Can delete session');
INSERT INTO "auth_permission" VALUES(24,6,'view_session','Can view session');
INSERT INTO "auth_permission" VALUES(25,7,'add_counter','Can add räknare');
INSERT INTO "auth_permission" VALUES(26,7,'change_counter','Can change räknare');
INSERT INTO "auth_permission" VALUES(27,7,'delete_counter','Can delete räknare');
INSERT INTO "auth_permission" VALUES(28,7,'view_counter','Can view räknare');
INSERT INTO "auth_permission" VALUES(29,8,'add_county','Can add län');
INSERT INTO "auth_permission" VALUES(30,8,'change_county','Can change län');
INSERT INTO "auth_permission" VALUES(31,8,'delete_county','Can delete län');
INSERT INTO "auth_permission" VALUES(32,8,'view_county','Can view län');
INSERT INTO "auth_permission" VALUES(33,9,'add_mailbox','Can add brevlåda');
INSERT INTO "auth_permission" VALUES(34,9,'change_mailbox','Can change brevlåda');
INSERT INTO "auth_permission" VALUES(35,9,'delete_mailbox','Can delete brevlåda');
INSERT INTO "auth_permission" VALUES(36,9,'view_mailbox','Can view brevlåda');
INSERT INTO "auth_permission" VALUES(37,10,'add_page','Can add sida');
INSERT INTO "auth_permission" VALUES(38,10,'change_page','Can change sida');
INSERT INTO "auth_permission" VALUES(39,10,'delete_page','Can delete sida');
INSERT INTO "auth_permission" VALUES(40,10,'view_page','Can view sida');
INSERT INTO "auth_permission" VALUES(41,11,'add_rendering','Can add renderad text');
INSERT INTO "auth_permission" VALUES(42,11,'change_rendering','Can change renderad text');
INSERT INTO "auth_permission" VALUES(43,11,'delete_rendering','Can delete renderad text');
INSERT INTO "auth_permission" VALUES(44,11,'view_rendering','Can view renderad text');
INSERT INTO "auth_permission" VALUES(45,12,'add_source','Can add källa');
INSERT INTO "auth_permission" VALUES(46,12,'change_source','Can change källa');
INSERT INTO "auth_permission" VALUES(47,12,'delete_source','Can delete källa');
INSERT INTO "auth_permission" VALUES(48,12,'view_source','Can view källa');
INSERT INTO "auth_permission" VALUES(49,13,'add_check','Can add kontroll');
INSERT INTO "auth_permission" VALUES(50,13,'change_check','Can change kontroll');
INSERT INTO "auth_permission" VALUES(51,13,'delete_check','Can delete kontroll');
INSERT INTO "auth_permission" VALUES(52,13,'view_check','Can view kontroll');
INSERT INTO "auth_permission" VALUES(53,14,'add_digest','Can add utskick');
INSERT INTO "auth_permission" VALUES(54,14,'change_digest','Can change utskick');
INSERT INTO "auth_permission" VALUES(55,14,'delete_digest','Can delete utskick');
INSERT INTO "auth_permission" VALUES(56,14,'view_digest','Can view utskick');
INSERT INTO "auth_permission" VALUES(57,15,'add_filemark','Can add gemensam text');
INSERT INTO "auth_permission" VALUES(58,15,'change_filemark','Can change gemensam text');
INSERT INTO "auth_permission" VALUES(59,15,'delete_filemark','Can delete gemensam text');
INSERT INTO "auth_permission" VALUES(60,15,'view_filemark','Can view gemensam text');
INSERT INTO "auth_permission" VALUES(61,16,'add_municipality','Can add kommun');
INSERT INTO "auth_permission" VALUES(62,16,'change_municipality','Can change kommun');
INSERT INTO "auth_permission" VALUES(63,16,'delete_municipality','Can delete kommun');
INSERT INTO "auth_permission" VALUES(64,16,'view_municipality','Can view kommun');
INSERT INTO "auth_permission" VALUES(65,17,'add_contact','Can add kontakt');
INSERT INTO "auth_permission" VALUES(66,17,'change_contact','Can change kontakt');
INSERT INTO "auth_permission" VALUES(67,17,'delete_contact','Can delete kontakt');
INSERT INTO "auth_permission" VALUES(68,17,'view_contact','Can view kontakt');
INSERT INTO "auth_permission" VALUES(69,18,'add_banner','Can add banderoll');
INSERT INTO "auth_permission" VALUES(70,18,'change_banner','Can change banderoll');
INSERT INTO "auth_permission" VALUES(71,18,'delete_banner','Can delete banderoll');
INSERT INTO "auth_permission" VALUES(72,18,'view_banner','Can view banderoll');
INSERT INTO "auth_permission" VALUES(73,19,'add_provision','Can add lagrum');
INSERT INTO "auth_permission" VALUES(74,19,'change_provision','Can change lagrum');
INSERT INTO "auth_permission" VALUES(75,19,'delete_provision','Can delete lagrum');
INSERT INTO "auth_permission" VALUES(76,19,'view_provision','Can view lagrum');
INSERT INTO "auth_permission" VALUES(77,20,'add_actor','Can add aktör');
INSERT INTO "auth_permission" VALUES(78,20,'change_actor','Can change aktör');
INSERT INTO "auth_permission" VALUES(79,20,'delete_actor','Can delete aktör');
INSERT INTO "auth_permission" VALUES(80,20,'view_actor','Can view aktör');
INSERT INTO "auth_permission" VALUES(81,21,'add_rename','Can add bytt nyckel');
INSERT INTO "auth_permission" VALUES(82,21,'change_rename','Can change bytt nyckel');
INSERT INTO "auth_permission" VALUES(83,21,'delete_rename','Can delete bytt nyckel');
INSERT INTO "auth_permission" VALUES(84,21,'view_rename','Can view bytt nyckel');
INSERT INTO "auth_permission" VALUES(85,22,'add_report','Can add rapport');
INSERT INTO "auth_permission" VALUES(86,22,'change_report','Can change rapport');
INSERT INTO "auth_permission" VALUES(87,22,'delete_report','Can delete rapport');
INSERT INTO "auth_permission" VALUES(88,22,'view_report','Can view rapport');
INSERT INTO "auth_permission" VALUES(89,23,'add_situation','Can add situation');
INSERT INTO "auth_permission" VALUES(90,23,'change_situation','Can change situation');
INSERT INTO "auth_permission" VALUES(91,23,'delete_situation','Can delete situation');
INSERT INTO "auth_permission" VALUES(92,23,'view_situation','Can view situation');
INSERT INTO "auth_permission" VALUES(93,24,'add_question','Can add fråga');
INSERT INTO "auth_permission" VALUES(94,24,'change_question','Can change fråga');
INSERT INTO "auth_permission" VALUES(95,24,'delete_question','Can delete fråga');
INSERT INTO "auth_permission" VALUES(96,24,'view_question','Can view fråga');
INSERT INTO "auth_permission" VALUES(97,25,'add_pagestatement','Can add rad');
INSERT INTO "auth_permission" VALUES(98,25,'change_pagestatement','Can change rad');
INSERT INTO "auth_permission" VALUES(99,25,'delete_pagestatement','Can delete rad');
INSERT INTO "auth_permission" VALUES(100,25,'view_pagestatement','Can view rad');
INSERT INTO "auth_permission" VALUES(101,26,'add_news','Can add nyhet');
INSERT INTO "auth_permission" VALUES(102,26,'change_news','Can change nyhet');
INSERT INTO "auth_permission" VALUES(103,26,'delete_news','Can delete nyhet');
INSERT INTO "auth_permission" VALUES(104,26,'view_news','Can view nyhet');
INSERT INTO "auth_permission" VALUES(105,27,'add_guide','Can add guide');
INSERT INTO "auth_permission" VALUES(106,27,'change_guide','Can change guide');
INSERT INTO "auth_permission" VALUES(107,27,'delete_guide','Can delete guide');
INSERT INTO "auth_permission" VALUES(108,27,'view_guide','Can view guide');
INSERT INTO "auth_permission" VALUES(109,28,'add_grant','Can add stöd att söka');
INSERT INTO "auth_permission" VALUES(110,28,'change_grant','Can change stöd att söka');
INSERT INTO "auth_permission" VALUES(111,28,'delete_grant','Can delete stöd att söka');
INSERT INTO "auth_permission" VALUES(112,28,'view_grant','Can view stöd att söka');
INSERT INTO "auth_permission" VALUES(113,29,'add_actorstatement','Can add uppgift');
INSERT INTO "auth_permission" VALUES(114,29,'change_actorstatement','Can change uppgift');
INSERT INTO "auth_permission" VALUES(115,29,'delete_actorstatement','Can delete uppgift');
INSERT INTO "auth_permission" VALUES(116,29,'view_actorstatement','Can view uppgift');
INSERT INTO "auth_permission" VALUES(117,30,'add_statute','Can add författning');
INSERT INTO "auth_permission" VALUES(118,30,'change_statute','Can change författning');
INSERT INTO "auth_permission" VALUES(119,30,'delete_statute','Can delete författning');
INSERT INTO "auth_permission" VALUES(120,30,'view_statute','Can view författning');
INSERT INTO "auth_permission" VALUES(121,31,'add_step','Can add steg');
INSERT INTO "auth_permission" VALUES(122,31,'change_step','Can change steg');
INSERT INTO "auth_permission" VALUES(123,31,'delete_step','Can delete steg');
INSERT INTO "auth_permission" VALUES(124,31,'view_step','Can view steg');
INSERT INTO "auth_permission" VALUES(125,32,'add_responsibility','Can add ansvar');
INSERT INTO "auth_permission" VALUES(126,32,'change_responsibility','Can change ansvar');
INSERT INTO "auth_permission" VALUES(127,32,'delete_responsibility','Can delete ansvar');
INSERT INTO "auth_permission" VALUES(128,32,'view_responsibility','Can view ansvar');
INSERT INTO "auth_permission" VALUES(129,33,'add_planrule','Can add planregel');
INSERT INTO "auth_permission" VALUES(130,33,'change_planrule','Can change planregel');
INSERT INTO "auth_permission" VALUES(131,33,'delete_planrule','Can delete planregel');
INSERT INTO "auth_permission" VALUES(132,33,'view_planrule','Can view planregel');
INSERT INTO "auth_permission" VALUES(133,34,'add_guidestep','Can add steg i guiden');
INSERT INTO "auth_permission" VALUES(134,34,'change_guidestep','Can change steg i guiden');
INSERT INTO "auth_permission" VALUES(135,34,'delete_guidestep','Can delete steg i guiden');
INSERT INTO "auth_permission" VALUES(136,34,'view_guidestep','Can view steg i guiden');
INSERT INTO "auth_permission" VALUES(137,35,'add_download','Can add mall');
INSERT INTO "auth_permission" VALUES(138,35,'change_download','Can change mall');
INSERT INTO "auth_permission" VALUES(139,35,'delete_download','Can delete mall');
INSERT INTO "auth_permission" VALUES(140,35,'view_download','Can view mall');
INSERT INTO "auth_permission" VALUES(141,36,'add_task','Can add uppgift');
INSERT INTO "auth_permission" VALUES(142,36,'change_task','Can change uppgift');
INSERT INTO "auth_permission" VALUES(143,36,'delete_task','Can delete uppgift');
INSERT INTO "auth_permission" VALUES(144,36,'view_task','Can view uppgift');
INSERT INTO "auth_permission" VALUES(145,37,'add_term','Can add ord');
INSERT INTO "auth_permission" VALUES(146,37,'change_term','Can change ord');
INSERT INTO "auth_permission" VALUES(147,37,'delete_term','Can delete ord');
INSERT INTO "auth_permission" VALUES(148,37,'view_term','Can view ord');
INSERT INTO "auth_permission" VALUES(149,38,'add_version','Can add version');
INSERT INTO "auth_permission" VALUES(150,38,'change_version','Can change version');
INSERT INTO "auth_permission" VALUES(151,38,'delete_version','Can delete version');
INSERT INTO "auth_permission" VALUES(152,38,'view_version','Can view version');
INSERT INTO "auth_permission" VALUES(153,39,'add_release','Can add publicering');
INSERT INTO "auth_permission" VALUES(154,39,'change_release','Can change publicering');
INSERT INTO "auth_permission" VALUES(155,39,'delete_release','Can delete publicering');
INSERT INTO "auth_permission" VALUES(156,39,'view_release','Can view publicering');
INSERT INTO "auth_permission" VALUES(157,39,'release_document','Får publicera');
INSERT INTO "auth_permission" VALUES(158,40,'add_masking','Can add maskering');
INSERT INTO "auth_permission" VALUES(159,40,'change_masking','Can change maskering');
INSERT INTO "auth_permission" VALUES(160,40,'delete_masking','Can delete maskering');
INSERT INTO "auth_permission" VALUES(161,40,'view_masking','Can view maskering');
INSERT INTO "auth_permission" VALUES(162,41,'add_reminder','Can add påminnelse');
INSERT INTO "auth_permission" VALUES(163,41,'change_reminder','Can change påminnelse');
INSERT INTO "auth_permission" VALUES(164,41,'delete_reminder','Can delete påminnelse');
INSERT INTO "auth_permission" VALUES(165,41,'view_reminder','Can view påminnelse');
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" VALUES(1,'!C0OGhbtpjwKPU4Wb7xhZeembgTiq1ka64pVIG7QS',NULL,1,'redaktor','','',1,1,'2026-11-22 11:33:57.322770','');
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" VALUES(1,'admin','logentry');
INSERT INTO "django_content_type" VALUES(2,'auth','permission');
INSERT INTO "django_content_type" VALUES(3,'auth','group');
INSERT INTO "django_content_type" VALUES(4,'auth','user');
INSERT INTO "django_content_type" VALUES(5,'contenttypes','contenttype');
INSERT INTO "django_content_type" VALUES(6,'sessions','session');
INSERT INTO "django_content_type" VALUES(7,'guides','counter');
INSERT INTO "django_content_type" VALUES(8,'guides','county');
INSERT INTO "django_content_type" VALUES(9,'guides','mailbox');
INSERT INTO "django_content_type" VALUES(10,'guides','page');
INSERT INTO "django_content_type" VALUES(11,'guides','rendering');
INSERT INTO "django_content_type" VALUES(12,'guides','source');
INSERT INTO "django_content_type" VALUES(13,'guides','check');
INSERT INTO "django_content_type" VALUES(14,'guides','digest');
INSERT INTO "django_content_type" VALUES(15,'guides','filemark');
INSERT INTO "django_content_type" VALUES(16,'guides','municipality');
INSERT INTO "django_content_type" VALUES(17,'guides','contact');
INSERT INTO "django_content_type" VALUES(18,'guides','banner');
INSERT INTO "django_content_type" VALUES(19,'guides','provision');
INSERT INTO "django_content_type" VALUES(20,'guides','actor');
INSERT INTO "django_content_type" VALUES(21,'guides','rename');
INSERT INTO "django_content_type" VALUES(22,'guides','report');
INSERT INTO "django_content_type" VALUES(23,'guides','situation');
INSERT INTO "django_content_type" VALUES(24,'guides','question');
INSERT INTO "django_content_type" VALUES(25,'guides','pagestatement');
INSERT INTO "django_content_type" VALUES(26,'guides','news');
INSERT INTO "django_content_type" VALUES(27,'guides','guide');
INSERT INTO "django_content_type" VALUES(28,'guides','grant');
INSERT INTO "django_content_type" VALUES(29,'guides','actorstatement');
INSERT INTO "django_content_type" VALUES(30,'guides','statute');
INSERT INTO "django_content_type" VALUES(31,'guides','step');
INSERT INTO "django_content_type" VALUES(32,'guides','responsibility');
INSERT INTO "django_content_type" VALUES(33,'guides','planrule');
INSERT INTO "django_content_type" VALUES(34,'guides','guidestep');
INSERT INTO "django_content_type" VALUES(35,'guides','download');
INSERT INTO "django_content_type" VALUES(36,'guides','task');
INSERT INTO "django_content_type" VALUES(37,'guides','term');
INSERT INTO "django_content_type" VALUES(38,'guides','version');
INSERT INTO "django_content_type" VALUES(39,'guides','release');
INSERT INTO "django_content_type" VALUES(40,'guides','masking');
INSERT INTO "django_content_type" VALUES(41,'guides','reminder');
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'contenttypes','0001_initial','2026-11-22 11:33:11.147860');
INSERT INTO "django_migrations" VALUES(2,'auth','0001_initial','2026-11-22 11:33:11.318422');
INSERT INTO "django_migrations" VALUES(3,'admin','0001_initial','2026-11-22 11:33:11.508393');
INSERT INTO "django_migrations" VALUES(4,'admin','0002_logentry_remove_auto_add','2026-11-22 11:33:12.968332');
INSERT INTO "django_migrations" VALUES(5,'admin','0003_logentry_add_action_flag_choices','2026-11-22 11:33:13.068271');
INSERT INTO "django_migrations" VALUES(6,'contenttypes','0002_remove_content_type_name','2026-11-22 11:33:13.291708');
INSERT INTO "django_migrations" VALUES(7,'auth','0002_alter_permission_name_max_length','2026-11-22 11:33:13.393675');
INSERT INTO "django_migrations" VALUES(8,'auth','0003_alter_user_email_max_length','2026-11-22 11:33:13.543685');
INSERT INTO "django_migrations" VALUES(9,'auth','0004_alter_user_username_opts','2026-11-22 11:33:13.635656');
INSERT INTO "django_migrations" VALUES(10,'auth','0005_alter_user_last_login_null','2026-11-22 11:33:13.701905');
INSERT INTO "django_migrations" VALUES(11,'auth','0006_require_contenttypes_0002','2026-11-22 11:33:13.767231');
INSERT INTO "django_migrations" VALUES(12,'auth','0007_alter_validators_add_error_messages','2026-11-22 11:33:13.814382');
INSERT INTO "django_migrations" VALUES(13,'auth','0008_alter_user_username_max_length','2026-11-22 11:33:13.981073');
INSERT INTO "django_migrations" VALUES(14,'auth','0009_alter_user_last_name_max_length','2026-11-22 11:33:14.133281');
INSERT INTO "django_migrations" VALUES(15,'auth','0010_alter_group_name_max_length','2026-11-22 11:33:14.213926');
INSERT INTO "django_migrations" VALUES(16,'auth','0011_update_proxy_permissions','2026-11-22 11:33:14.293587');
INSERT INTO "django_migrations" VALUES(17,'auth','0012_alter_user_first_name_max_length','2026-11-22 11:33:14.495773');
INSERT INTO "django_migrations" VALUES(18,'guides','0001_first','2026-11-22 11:33:31.189621');
INSERT INTO "django_migrations" VALUES(19,'sessions','0001_initial','2026-11-22 11:33:31.356902');
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "guides_actor" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "short_name" varchar(30) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "summary" varchar(500) NOT NULL, "body" text NOT NULL);
CREATE TABLE "guides_actor_contacts" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "actor_id" bigint NOT NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_id" bigint NOT NULL REFERENCES "guides_contact" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_actor_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "actor_id" bigint NOT NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_actor_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "actor_id" bigint NOT NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_actorstatement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "type" varchar(20) NOT NULL, "text" varchar(800) NOT NULL, "actor_id" bigint NOT NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_actorstatement_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "actorstatement_id" bigint NOT NULL REFERENCES "guides_actorstatement" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_banner" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "level" varchar(20) NOT NULL, "text" varchar(200) NOT NULL, "shown_from" datetime NULL, "shown_to" datetime NULL, "link" varchar(300) NOT NULL, "link_text" varchar(100) NOT NULL, "audience" varchar(20) NOT NULL);
CREATE TABLE "guides_banner_municipalities" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "banner_id" bigint NOT NULL REFERENCES "guides_banner" ("id") DEFERRABLE INITIALLY DEFERRED, "municipality_id" bigint NOT NULL REFERENCES "guides_municipality" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_check" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "outcome" varchar(10) NOT NULL, "reason" varchar(500) NOT NULL, "on" date NOT NULL, "at" datetime NOT NULL, "by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "guides_check" VALUES(1,'contact','jouren','answers','','2026-11-22','2026-11-22 11:33:59.125038',1);
INSERT INTO "guides_check" VALUES(2,'page','sidan','reviewed','','2026-11-22','2026-11-22 11:34:02.167431',1);
CREATE TABLE "guides_contact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "keywords" text NOT NULL, "organisation" varchar(250) NOT NULL, "category" varchar(80) NOT NULL, "number" varchar(40) NOT NULL, "display" varchar(40) NOT NULL, "ask_for" varchar(250) NOT NULL, "hours" varchar(300) NOT NULL, "for_self" bool NOT NULL, "for_relative" bool NOT NULL, "for_professional" bool NOT NULL, "audience_note" varchar(500) NOT NULL, "area" varchar(20) NOT NULL, "police_region" varchar(40) NOT NULL, "recheck_class" varchar(1) NOT NULL, "confidence" varchar(10) NOT NULL, "withheld" bool NOT NULL, "languages" varchar(250) NOT NULL, "cost" varchar(250) NOT NULL, "anonymity" varchar(300) NOT NULL, "traces" varchar(500) NOT NULL, "other_channels" varchar(500) NOT NULL, "url" varchar(600) NOT NULL, "source_year" varchar(20) NOT NULL, "editor_note" text NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "county_id" bigint NULL REFERENCES "guides_county" ("id") DEFERRABLE INITIALLY DEFERRED, "municipality_id" bigint NULL REFERENCES "guides_municipality" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "guides_contact" VALUES(1,'jouren','Kontakt 2001','Redaktionen','','','','+468100001','','','',1,1,1,'','nation','','B','high',0,'','','','','','','2025','',90,NULL,NULL);
CREATE TABLE "guides_contact_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "contact_id" bigint NOT NULL REFERENCES "guides_contact" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_counter" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "value" bigint unsigned NOT NULL CHECK ("value" >= 0));
INSERT INTO "guides_counter" VALUES(1,9);
CREATE TABLE "guides_county" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "code" varchar(2) NOT NULL);
CREATE TABLE "guides_digest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "address" varchar(254) NOT NULL, "day" date NOT NULL, CONSTRAINT "guides_digest_one_a_day" UNIQUE ("address", "day"));
CREATE TABLE "guides_download" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "summary" varchar(500) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "body" text NOT NULL);
CREATE TABLE "guides_download_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "download_id" bigint NOT NULL REFERENCES "guides_download" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_download_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "download_id" bigint NOT NULL REFERENCES "guides_download" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_download_steps" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "download_id" bigint NOT NULL REFERENCES "guides_download" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_filemark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "hash" varchar(64) NOT NULL, CONSTRAINT "guides_file_mark_one_of_each" UNIQUE ("kind", "key"));
CREATE TABLE "guides_grant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "funder" varchar(250) NOT NULL, "relevance" varchar(20) NOT NULL, "applicants" text NOT NULL, "municipality_can_apply" bool NOT NULL, "purpose" text NOT NULL, "amount" text NOT NULL, "opens_on" date NULL, "closes_on" date NULL, "closed" bool NOT NULL, "rhythm" text NOT NULL, "decision" text NOT NULL, "regulation" varchar(500) NOT NULL, "regulation_url" varchar(600) NOT NULL, "how_to_apply" text NOT NULL, "reporting" text NOT NULL, "status_note" varchar(300) NOT NULL, "verified" bool NOT NULL, "source_year" varchar(40) NOT NULL, "basis" varchar(20) NOT NULL, "body" text NOT NULL);
INSERT INTO "guides_grant" VALUES(1,'stodet','Stöd att söka 2006','Redaktionen',180,'','Polismyndigheten','indirect','',0,'Stöd till avhopp.','',NULL,NULL,0,'','','','','','','',0,'','','');
CREATE TABLE "guides_grant_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "grant_id" bigint NOT NULL REFERENCES "guides_grant" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_guide" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "language" varchar(12) NOT NULL, "translation_of" varchar(100) NOT NULL, "translated_from" varchar(64) NOT NULL, "paper_number" integer unsigned NULL UNIQUE CHECK ("paper_number" >= 0), "summary" varchar(500) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "first_number" integer unsigned NOT NULL CHECK ("first_number" >= 0), "body" text NOT NULL);
INSERT INTO "guides_guide" VALUES(1,'guiden','Guide 2005','Redaktionen',180,'','sv','','',NULL,'När någon vill lämna.',0,1,'');
CREATE TABLE "guides_guide_situations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "guide_id" bigint NOT NULL REFERENCES "guides_guide" ("id") DEFERRABLE INITIALLY DEFERRED, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_guide_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "guide_id" bigint NOT NULL REFERENCES "guides_guide" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_guidestep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "guide_id" bigint NOT NULL REFERENCES "guides_guide" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guides_guidestep_one_step_per_guide" UNIQUE ("guide_id", "step_id"));
INSERT INTO "guides_guidestep" VALUES(1,1,1,1);
CREATE TABLE "guides_mailbox" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "function" varchar(120) NOT NULL UNIQUE, "address" varchar(254) NOT NULL, "late_address" varchar(254) NOT NULL);
CREATE TABLE "guides_masking" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "act" varchar(10) NOT NULL, "reason" varchar(500) NOT NULL, "at" datetime NOT NULL, "by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NOT NULL REFERENCES "guides_version" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guides_masking_hides_with_a_reason" CHECK ((NOT ("act" = 'hide') OR NOT ("reason" = ''))));
CREATE TABLE "guides_municipality" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "code" varchar(4) NOT NULL, "police_region" varchar(40) NOT NULL, "local_note" text NOT NULL, "county_id" bigint NULL REFERENCES "guides_county" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_news" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "date" date NOT NULL, "summary" varchar(500) NOT NULL, "body" text NOT NULL);
CREATE TABLE "guides_news_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "news_id" bigint NOT NULL REFERENCES "guides_news" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "language" varchar(12) NOT NULL, "translation_of" varchar(100) NOT NULL, "translated_from" varchar(64) NOT NULL, "translation_note" varchar(300) NOT NULL, "summary" varchar(500) NOT NULL, "section" varchar(20) NOT NULL, "exit" varchar(10) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "body" text NOT NULL);
INSERT INTO "guides_page" VALUES(1,'sidan','Planerad lydelse','Redaktionen',180,'','sv','','','','Kort om sidan.','about','',0,'','Ring {{kontakt:jouren}}, se 11 kap. 1 § SoL.');
INSERT INTO "guides_page" VALUES(2,'borta','Sida 2007','Redaktionen',180,'','sv','','','','Kort om sidan.','about','',0,'','En text.');
INSERT INTO "guides_page" VALUES(3,'ny','Sida 2008','Redaktionen',180,'','sv','','','','Kort om sidan.','about','',0,'','En text.');
CREATE TABLE "guides_page_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page_id" bigint NOT NULL REFERENCES "guides_page" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_pagestatement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "lead" varchar(200) NOT NULL, "text" varchar(500) NOT NULL, "page_id" bigint NOT NULL REFERENCES "guides_page" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_pagestatement_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pagestatement_id" bigint NOT NULL REFERENCES "guides_pagestatement" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_planrule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "when" text NOT NULL, "effect" varchar(20) NOT NULL, "tasks" text NOT NULL, "instead" text NOT NULL, "text" varchar(500) NOT NULL, "detail" text NOT NULL, "reason" varchar(500) NOT NULL, "basis" varchar(20) NOT NULL, "actor_id" bigint NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_planrule_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "planrule_id" bigint NOT NULL REFERENCES "guides_planrule" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_planrule_situations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "planrule_id" bigint NOT NULL REFERENCES "guides_planrule" ("id") DEFERRABLE INITIALLY DEFERRED, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_planrule_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "planrule_id" bigint NOT NULL REFERENCES "guides_planrule" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_planrule_steps" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "planrule_id" bigint NOT NULL REFERENCES "guides_planrule" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_provision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "chapter" varchar(10) NOT NULL, "section" varchar(20) NOT NULL, "summary" text NOT NULL, "meaning" text NOT NULL, "verified" bool NOT NULL, "state" varchar(20) NOT NULL, "formerly" varchar(500) NOT NULL, "url" varchar(600) NOT NULL, "statute_id" bigint NULL REFERENCES "guides_statute" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_provision_now" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED, "to_provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "language" varchar(12) NOT NULL, "translation_of" varchar(100) NOT NULL, "translated_from" varchar(64) NOT NULL, "answer" varchar(600) NOT NULL, "group" varchar(80) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "body" text NOT NULL);
CREATE TABLE "guides_question_contacts" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question_id" bigint NOT NULL REFERENCES "guides_question" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_id" bigint NOT NULL REFERENCES "guides_contact" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_question_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question_id" bigint NOT NULL REFERENCES "guides_question" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_question_situations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question_id" bigint NOT NULL REFERENCES "guides_question" ("id") DEFERRABLE INITIALLY DEFERRED, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_question_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question_id" bigint NOT NULL REFERENCES "guides_question" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_release" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "effective_from" datetime NOT NULL, "effective_to" datetime NULL, "note" varchar(500) NOT NULL, "minor" bool NOT NULL, "reason" varchar(500) NOT NULL, "redirect_to" varchar(300) NOT NULL, "released_at" datetime NOT NULL, "released_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NULL REFERENCES "guides_version" ("id") DEFERRABLE INITIALLY DEFERRED, "cancels_id" bigint NULL REFERENCES "guides_release" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guides_release_never_backdated" CHECK ("effective_from" >= ("released_at")), CONSTRAINT "guides_release_without_version_gives_reason" CHECK (("version_id" IS NOT NULL OR NOT ("reason" = ''))), CONSTRAINT "guides_release_ends_after_it_starts" CHECK (("effective_to" IS NULL OR "effective_to" > ("effective_from"))));
INSERT INTO "guides_release" VALUES(1,'contact','jouren','2026-11-22 11:33:57.635228',NULL,'',0,'','','2026-11-22 11:33:57.635228',NULL,1,NULL);
INSERT INTO "guides_release" VALUES(2,'page','sidan','2026-11-22 11:33:58.537326',NULL,'',0,'','','2026-11-22 11:33:58.537326',NULL,2,NULL);
INSERT INTO "guides_release" VALUES(3,'guide','guiden','2026-11-22 11:34:00.945939',NULL,'',0,'','','2026-11-22 11:34:00.945939',NULL,3,NULL);
INSERT INTO "guides_release" VALUES(4,'step','steget','2026-11-22 11:34:00.945939',NULL,'',0,'','','2026-11-22 11:34:00.945939',NULL,4,NULL);
INSERT INTO "guides_release" VALUES(5,'grant','stodet','2026-11-22 11:34:00.945939',NULL,'',0,'','','2026-11-22 11:34:00.945939',NULL,5,NULL);
INSERT INTO "guides_release" VALUES(6,'page','borta','2026-11-22 11:34:00.945939',NULL,'',0,'','','2026-11-22 11:34:00.945939',NULL,6,NULL);
INSERT INTO "guides_release" VALUES(7,'page','gammal','2026-11-22 11:34:00.945939',NULL,'',0,'','','2026-11-22 11:34:00.945939',NULL,7,NULL);
INSERT INTO "guides_release" VALUES(8,'page','sidan','2026-11-22 11:34:01.913055',NULL,'',0,'','','2026-11-22 11:34:01.913055',NULL,8,NULL);
INSERT INTO "guides_release" VALUES(9,'page','borta','2026-11-22 11:34:02.168131',NULL,'',0,'Skälet.','','2026-11-22 11:34:02.168131',1,NULL,NULL);
INSERT INTO "guides_release" VALUES(10,'page','sidan','2126-10-29 11:34:02.704574',NULL,'',0,'','','2026-11-22 11:34:02.704641',1,10,NULL);
CREATE TABLE "guides_reminder" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "due" date NOT NULL, "stage" smallint NOT NULL, "digest_id" bigint NOT NULL REFERENCES "guides_digest" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guides_reminder_once_a_stage" UNIQUE ("kind", "key", "due", "stage"));
CREATE TABLE "guides_rename" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "old_key" varchar(100) NOT NULL, "new_key" varchar(100) NOT NULL, "at" datetime NOT NULL, CONSTRAINT "guides_rename_old_key_is_never_given_again" UNIQUE ("kind", "old_key"));
INSERT INTO "guides_rename" VALUES(1,'page','gammal','ny','2026-11-22 11:34:02.169666');
CREATE TABLE "guides_rendering" ("hash" varchar(64) NOT NULL PRIMARY KEY, "rich" text NOT NULL);
INSERT INTO "guides_rendering" VALUES('8d975c7dde2df07ed4767549435e45a5b30c5c0a88da0800c8ecf62f6cef8867','["<p>Ring ",["contact","jouren","",""],", se ",["citation","2025:400","11 kap. 1 § SoL","K11P1"],".</p>"]');
INSERT INTO "guides_rendering" VALUES('c3022e0db61c47c69399da1caeb006ee4f0e4ad8ce38572164bbd99dd5c2307b','["Kort om sidan."]');
INSERT INTO "guides_rendering" VALUES('bc8d42e38c92e54fb69bb744dc38775b670e59f3c0edd0716af981bc9f82bf64','["När någon vill lämna."]');
INSERT INTO "guides_rendering" VALUES('d0b66951c4b0363b9565914379ca220c03d86d35293967ee9a44abd9b326fae3','["Att personen är trygg."]');
INSERT INTO "guides_rendering" VALUES('7bcdc277e4fd54acb8b74571196ce8b3fdb3e1b3c9c624ccee3e1abfd5479ab7','["Gör uppgift 2004."]');
INSERT INTO "guides_rendering" VALUES('f8c5e715e3f057d10df39ade54d186db82060f8dc612fdb4d322ef4e15d59616','["<p>Stöd till avhopp.</p>"]');
INSERT INTO "guides_rendering" VALUES('938b71235264b19ef759d00e124ef702684fbdf5c5b98fb68a0c74875ef41ac9','["<p>En text.</p>"]');
CREATE TABLE "guides_report" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(10) NOT NULL, "contact" varchar(100) NOT NULL, "fault" varchar(20) NOT NULL, "text" varchar(1000) NOT NULL, "hour" datetime NOT NULL, CONSTRAINT "guides_report_number_has_fault_and_no_text" CHECK ((NOT ("subject" = 'number') OR ("text" = '' AND NOT ("fault" = '') AND NOT ("contact" = '')))));
CREATE TABLE "guides_responsibility" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "role" varchar(20) NOT NULL, "what" varchar(500) NOT NULL, "actor_id" bigint NOT NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_responsibility_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "responsibility_id" bigint NOT NULL REFERENCES "guides_responsibility" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_situation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "short_title" varchar(60) NOT NULL, "summary" varchar(500) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "body" text NOT NULL);
CREATE TABLE "guides_situation_contacts" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_id" bigint NOT NULL REFERENCES "guides_contact" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_situation_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_situation_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_source" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "publisher" varchar(250) NOT NULL, "url" varchar(600) NOT NULL, "year" varchar(40) NOT NULL, "note" varchar(500) NOT NULL);
CREATE TABLE "guides_statute" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "short_name" varchar(120) NOT NULL, "aliases" text NOT NULL, "in_force_from" date NULL, "repealed_on" date NULL, "url" varchar(600) NOT NULL, "text_read" varchar(120) NOT NULL, "note" text NOT NULL, "body" text NOT NULL, "replaced_by_id" bigint NULL REFERENCES "guides_statute" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_step" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "paper_number" integer unsigned NULL UNIQUE CHECK ("paper_number" >= 0), "aim" varchar(500) NOT NULL, "time_frame" varchar(20) NOT NULL, "time_note" varchar(300) NOT NULL, "time_basis" varchar(20) NOT NULL, "body" text NOT NULL);
INSERT INTO "guides_step" VALUES(1,'steget','Steg 2003','Redaktionen',180,'',NULL,'Att personen är trygg.','now','','','');
CREATE TABLE "guides_step_contacts" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_id" bigint NOT NULL REFERENCES "guides_contact" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_step_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_step_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_step_time_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_task" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "basis" varchar(20) NOT NULL, "key" varchar(60) NOT NULL, "text" varchar(500) NOT NULL, "detail" text NOT NULL, "actor_id" bigint NULL REFERENCES "guides_actor" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "guides_step" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guides_task_one_key_per_step" UNIQUE ("step_id", "key"));
INSERT INTO "guides_task" VALUES(1,2004,'proposal','uppgift-2004','Gör uppgift 2004.','',NULL,1);
CREATE TABLE "guides_task_provisions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "task_id" bigint NOT NULL REFERENCES "guides_task" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" bigint NOT NULL REFERENCES "guides_provision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_task_situations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "task_id" bigint NOT NULL REFERENCES "guides_task" ("id") DEFERRABLE INITIALLY DEFERRED, "situation_id" bigint NOT NULL REFERENCES "guides_situation" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_task_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "task_id" bigint NOT NULL REFERENCES "guides_task" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_term" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "title" varchar(250) NOT NULL, "owner" varchar(120) NOT NULL, "review_every" integer unsigned NOT NULL CHECK ("review_every" >= 0), "keywords" text NOT NULL, "abbreviation" varchar(30) NOT NULL, "group" varchar(120) NOT NULL, "synonyms" text NOT NULL, "basis" varchar(20) NOT NULL, "body" text NOT NULL);
CREATE TABLE "guides_term_sources" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "term_id" bigint NOT NULL REFERENCES "guides_term" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "guides_source" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "guides_version" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(100) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "schema" smallint unsigned NOT NULL CHECK ("schema" >= 0), "text" text NOT NULL, "hash" varchar(64) NOT NULL, "origin" varchar(10) NOT NULL, "saved_at" datetime NOT NULL, "saved_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "guides_version_one_of_each_number" UNIQUE ("kind", "key", "number"));
INSERT INTO "guides_version" VALUES(1,'contact','jouren',1,1,'---
key: jouren
title: Kontakt 2001
number: +468100001
for_self: ja
for_relative: ja
for_professional: ja
recheck_class: B
confidence: high
source_year: 2025
---
','562308b8b0b131b5c415fcb45f2999f61ccae8c74a083fa7cb90f8b718fec535','editor','2026-11-22 11:33:57.577342',NULL);
INSERT INTO "guides_version" VALUES(2,'page','sidan',1,1,'---
key: sidan
title: Första lydelsen
summary: Kort om sidan.
---

Ring {{kontakt:jouren}}, se 11 kap. 1 § SoL.
','2f9e57d161022b7811a491966d59b62e78ba9e11f4e85c5d3718ac1bdad78016','editor','2026-11-22 11:33:57.981729',NULL);
INSERT INTO "guides_version" VALUES(3,'guide','guiden',1,1,'---
key: guiden
title: Guide 2005
summary: När någon vill lämna.
steps:
  - steget
---
','c1c29a3e74240349cde69c37da84ef00aeba7ce18e8c068e3f6ce39b933adaf0','editor','2026-11-22 11:33:59.819036',NULL);
INSERT INTO "guides_version" VALUES(4,'step','steget',1,1,'---
key: steget
title: Steg 2003
aim: Att personen är trygg.
time_frame: now
tasks:
  - key: uppgift-2004
    text: Gör uppgift 2004.
    basis: proposal
---
','755a9b2e85ee8d99fd726b90d3a971377ae310fb477ba56592daf5c8581f44e0','editor','2026-11-22 11:34:00.307699',NULL);
INSERT INTO "guides_version" VALUES(5,'grant','stodet',1,1,'---
key: stodet
title: Stöd att söka 2006
funder: Polismyndigheten
purpose: Stöd till avhopp.
---
','38bd8f13685ec294c1c9fae078350add5e50703455915d8b0c4e66e515a10616','editor','2026-11-22 11:34:00.474155',NULL);
INSERT INTO "guides_version" VALUES(6,'page','borta',1,1,'---
key: borta
title: Sida 2007
summary: Kort om sidan.
---

En text.
','d8611d1ab2fe64ed8e3e4ed5cc5a827654bca5ca2c5b2321c034fb3f36f3184f','editor','2026-11-22 11:34:00.681581',NULL);
INSERT INTO "guides_version" VALUES(7,'page','gammal',1,1,'---
key: gammal
title: Sida 2008
summary: Kort om sidan.
---

En text.
','63d5bbb209fa22245ae38f16b9c05ba010d9ca343abb74ce7afe43d7215751c2','editor','2026-11-22 11:34:00.889797',NULL);
INSERT INTO "guides_version" VALUES(8,'page','sidan',2,1,'---
key: sidan
title: Andra lydelsen
summary: Kort om sidan.
---

Ring {{kontakt:jouren}}, se 11 kap. 1 § SoL.
','2c86f9987378071bfa794a34634ff043c147bcd4de7282fa209f9cbbf234ab08','editor','2026-11-22 11:34:01.848962',NULL);
INSERT INTO "guides_version" VALUES(9,'page','ny',2,1,'---
key: ny
title: Sida 2008
summary: Kort om sidan.
---

En text.
','a144fbd3e40e9cb9d9d7941177bce49070ef90791cb4dafa325bf69f14eea0a4','editor','2026-11-22 11:34:02.340987',1);
INSERT INTO "guides_version" VALUES(10,'page','sidan',3,1,'---
key: sidan
title: Planerad lydelse
summary: Kort om sidan.
---

Ring {{kontakt:jouren}}, se 11 kap. 1 § SoL.
','3e09dea5da85afd01a21a2baba33d276fc282d6975607f15b223dc1830c753fd','editor','2026-11-22 11:34:02.557949',1);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "guides_check_by_id_776e6009" ON "guides_check" ("by_id");
CREATE INDEX "guides_municipality_county_id_c2787d08" ON "guides_municipality" ("county_id");
CREATE INDEX "guides_contact_county_id_b70b93e8" ON "guides_contact" ("county_id");
CREATE INDEX "guides_contact_municipality_id_cda4779b" ON "guides_contact" ("municipality_id");
CREATE UNIQUE INDEX "guides_contact_sources_contact_id_source_id_88b43f7f_uniq" ON "guides_contact_sources" ("contact_id", "source_id");
CREATE INDEX "guides_contact_sources_contact_id_6c11fd44" ON "guides_contact_sources" ("contact_id");
CREATE INDEX "guides_contact_sources_source_id_c160c71a" ON "guides_contact_sources" ("source_id");
CREATE UNIQUE INDEX "guides_banner_municipalities_banner_id_municipality_id_d77f0e73_uniq" ON "guides_banner_municipalities" ("banner_id", "municipality_id");
CREATE INDEX "guides_banner_municipalities_banner_id_1196a925" ON "guides_banner_municipalities" ("banner_id");
CREATE INDEX "guides_banner_municipalities_municipality_id_a4359639" ON "guides_banner_municipalities" ("municipality_id");
CREATE UNIQUE INDEX "guides_provision_now_from_provision_id_to_provision_id_5af048d7_uniq" ON "guides_provision_now" ("from_provision_id", "to_provision_id");
CREATE INDEX "guides_provision_now_from_provision_id_90d02558" ON "guides_provision_now" ("from_provision_id");
CREATE INDEX "guides_provision_now_to_provision_id_89253af5" ON "guides_provision_now" ("to_provision_id");
CREATE UNIQUE INDEX "guides_actor_contacts_actor_id_contact_id_81bb341c_uniq" ON "guides_actor_contacts" ("actor_id", "contact_id");
CREATE INDEX "guides_actor_contacts_actor_id_d17b0f7f" ON "guides_actor_contacts" ("actor_id");
CREATE INDEX "guides_actor_contacts_contact_id_844d7486" ON "guides_actor_contacts" ("contact_id");
CREATE UNIQUE INDEX "guides_actor_provisions_actor_id_provision_id_58351932_uniq" ON "guides_actor_provisions" ("actor_id", "provision_id");
CREATE INDEX "guides_actor_provisions_actor_id_ba4ca505" ON "guides_actor_provisions" ("actor_id");
CREATE INDEX "guides_actor_provisions_provision_id_fefabf31" ON "guides_actor_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_actor_sources_actor_id_source_id_002b4fc3_uniq" ON "guides_actor_sources" ("actor_id", "source_id");
CREATE INDEX "guides_actor_sources_actor_id_d07f0b5c" ON "guides_actor_sources" ("actor_id");
CREATE INDEX "guides_actor_sources_source_id_5bc4e887" ON "guides_actor_sources" ("source_id");
CREATE UNIQUE INDEX "guides_situation_contacts_situation_id_contact_id_d5feddff_uniq" ON "guides_situation_contacts" ("situation_id", "contact_id");
CREATE INDEX "guides_situation_contacts_situation_id_fb866f66" ON "guides_situation_contacts" ("situation_id");
CREATE INDEX "guides_situation_contacts_contact_id_9f7f78b9" ON "guides_situation_contacts" ("contact_id");
CREATE UNIQUE INDEX "guides_situation_provisions_situation_id_provision_id_98e2452c_uniq" ON "guides_situation_provisions" ("situation_id", "provision_id");
CREATE INDEX "guides_situation_provisions_situation_id_479bce2d" ON "guides_situation_provisions" ("situation_id");
CREATE INDEX "guides_situation_provisions_provision_id_e60f1aa7" ON "guides_situation_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_situation_sources_situation_id_source_id_a0afa94f_uniq" ON "guides_situation_sources" ("situation_id", "source_id");
CREATE INDEX "guides_situation_sources_situation_id_dd2ed206" ON "guides_situation_sources" ("situation_id");
CREATE INDEX "guides_situation_sources_source_id_e0c7f16c" ON "guides_situation_sources" ("source_id");
CREATE UNIQUE INDEX "guides_question_contacts_question_id_contact_id_2ca4e530_uniq" ON "guides_question_contacts" ("question_id", "contact_id");
CREATE INDEX "guides_question_contacts_question_id_db4b4bc5" ON "guides_question_contacts" ("question_id");
CREATE INDEX "guides_question_contacts_contact_id_32d96b44" ON "guides_question_contacts" ("contact_id");
CREATE UNIQUE INDEX "guides_question_provisions_question_id_provision_id_79e7cefd_uniq" ON "guides_question_provisions" ("question_id", "provision_id");
CREATE INDEX "guides_question_provisions_question_id_30f407d0" ON "guides_question_provisions" ("question_id");
CREATE INDEX "guides_question_provisions_provision_id_2856ddd7" ON "guides_question_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_question_situations_question_id_situation_id_aef54817_uniq" ON "guides_question_situations" ("question_id", "situation_id");
CREATE INDEX "guides_question_situations_question_id_f56f723d" ON "guides_question_situations" ("question_id");
CREATE INDEX "guides_question_situations_situation_id_1dcb0cad" ON "guides_question_situations" ("situation_id");
CREATE UNIQUE INDEX "guides_question_sources_question_id_source_id_2e3c3f16_uniq" ON "guides_question_sources" ("question_id", "source_id");
CREATE INDEX "guides_question_sources_question_id_e3444273" ON "guides_question_sources" ("question_id");
CREATE INDEX "guides_question_sources_source_id_a55ac21b" ON "guides_question_sources" ("source_id");
CREATE INDEX "guides_pagestatement_page_id_8aa517fd" ON "guides_pagestatement" ("page_id");
CREATE UNIQUE INDEX "guides_pagestatement_sources_pagestatement_id_source_id_60524322_uniq" ON "guides_pagestatement_sources" ("pagestatement_id", "source_id");
CREATE INDEX "guides_pagestatement_sources_pagestatement_id_b533f125" ON "guides_pagestatement_sources" ("pagestatement_id");
CREATE INDEX "guides_pagestatement_sources_source_id_3e1d0d93" ON "guides_pagestatement_sources" ("source_id");
CREATE UNIQUE INDEX "guides_page_sources_page_id_source_id_14a40b73_uniq" ON "guides_page_sources" ("page_id", "source_id");
CREATE INDEX "guides_page_sources_page_id_120b0521" ON "guides_page_sources" ("page_id");
CREATE INDEX "guides_page_sources_source_id_b436cdb9" ON "guides_page_sources" ("source_id");
CREATE UNIQUE INDEX "guides_news_sources_news_id_source_id_7851afb6_uniq" ON "guides_news_sources" ("news_id", "source_id");
CREATE INDEX "guides_news_sources_news_id_c325a411" ON "guides_news_sources" ("news_id");
CREATE INDEX "guides_news_sources_source_id_97b1ff3f" ON "guides_news_sources" ("source_id");
CREATE UNIQUE INDEX "guides_guide_situations_guide_id_situation_id_eb8a3d01_uniq" ON "guides_guide_situations" ("guide_id", "situation_id");
CREATE INDEX "guides_guide_situations_guide_id_d7fe0f31" ON "guides_guide_situations" ("guide_id");
CREATE INDEX "guides_guide_situations_situation_id_3895300f" ON "guides_guide_situations" ("situation_id");
CREATE UNIQUE INDEX "guides_guide_sources_guide_id_source_id_52044372_uniq" ON "guides_guide_sources" ("guide_id", "source_id");
CREATE INDEX "guides_guide_sources_guide_id_17d152b1" ON "guides_guide_sources" ("guide_id");
CREATE INDEX "guides_guide_sources_source_id_47258246" ON "guides_guide_sources" ("source_id");
CREATE UNIQUE INDEX "guides_grant_sources_grant_id_source_id_774c9363_uniq" ON "guides_grant_sources" ("grant_id", "source_id");
CREATE INDEX "guides_grant_sources_grant_id_5a5cf73a" ON "guides_grant_sources" ("grant_id");
CREATE INDEX "guides_grant_sources_source_id_74e24451" ON "guides_grant_sources" ("source_id");
CREATE INDEX "guides_actorstatement_actor_id_9f9fe47b" ON "guides_actorstatement" ("actor_id");
CREATE UNIQUE INDEX "guides_actorstatement_sources_actorstatement_id_source_id_550df0da_uniq" ON "guides_actorstatement_sources" ("actorstatement_id", "source_id");
CREATE INDEX "guides_actorstatement_sources_actorstatement_id_e7dcc74f" ON "guides_actorstatement_sources" ("actorstatement_id");
CREATE INDEX "guides_actorstatement_sources_source_id_3e77009f" ON "guides_actorstatement_sources" ("source_id");
CREATE INDEX "guides_statute_replaced_by_id_68b13db4" ON "guides_statute" ("replaced_by_id");
CREATE INDEX "guides_provision_statute_id_9c10dcbc" ON "guides_provision" ("statute_id");
CREATE UNIQUE INDEX "guides_step_contacts_step_id_contact_id_02d7ad1d_uniq" ON "guides_step_contacts" ("step_id", "contact_id");
CREATE INDEX "guides_step_contacts_step_id_0c5fc2ae" ON "guides_step_contacts" ("step_id");
CREATE INDEX "guides_step_contacts_contact_id_f5220a9a" ON "guides_step_contacts" ("contact_id");
CREATE UNIQUE INDEX "guides_step_provisions_step_id_provision_id_a7bb7ba5_uniq" ON "guides_step_provisions" ("step_id", "provision_id");
CREATE INDEX "guides_step_provisions_step_id_61c8b278" ON "guides_step_provisions" ("step_id");
CREATE INDEX "guides_step_provisions_provision_id_548e668a" ON "guides_step_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_step_sources_step_id_source_id_b3311a1f_uniq" ON "guides_step_sources" ("step_id", "source_id");
CREATE INDEX "guides_step_sources_step_id_b43a3652" ON "guides_step_sources" ("step_id");
CREATE INDEX "guides_step_sources_source_id_7e628b97" ON "guides_step_sources" ("source_id");
CREATE UNIQUE INDEX "guides_step_time_sources_step_id_source_id_05feeec0_uniq" ON "guides_step_time_sources" ("step_id", "source_id");
CREATE INDEX "guides_step_time_sources_step_id_9c56d173" ON "guides_step_time_sources" ("step_id");
CREATE INDEX "guides_step_time_sources_source_id_ce65b54c" ON "guides_step_time_sources" ("source_id");
CREATE INDEX "guides_responsibility_actor_id_78819962" ON "guides_responsibility" ("actor_id");
CREATE INDEX "guides_responsibility_step_id_34487a9c" ON "guides_responsibility" ("step_id");
CREATE UNIQUE INDEX "guides_responsibility_sources_responsibility_id_source_id_00749c17_uniq" ON "guides_responsibility_sources" ("responsibility_id", "source_id");
CREATE INDEX "guides_responsibility_sources_responsibility_id_2c4428ec" ON "guides_responsibility_sources" ("responsibility_id");
CREATE INDEX "guides_responsibility_sources_source_id_191a5c75" ON "guides_responsibility_sources" ("source_id");
CREATE INDEX "guides_planrule_actor_id_44c69896" ON "guides_planrule" ("actor_id");
CREATE UNIQUE INDEX "guides_planrule_provisions_planrule_id_provision_id_987e700f_uniq" ON "guides_planrule_provisions" ("planrule_id", "provision_id");
CREATE INDEX "guides_planrule_provisions_planrule_id_a4814e4b" ON "guides_planrule_provisions" ("planrule_id");
CREATE INDEX "guides_planrule_provisions_provision_id_6dd55e62" ON "guides_planrule_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_planrule_situations_planrule_id_situation_id_822c4c99_uniq" ON "guides_planrule_situations" ("planrule_id", "situation_id");
CREATE INDEX "guides_planrule_situations_planrule_id_431e7030" ON "guides_planrule_situations" ("planrule_id");
CREATE INDEX "guides_planrule_situations_situation_id_4aaeaa4c" ON "guides_planrule_situations" ("situation_id");
CREATE UNIQUE INDEX "guides_planrule_sources_planrule_id_source_id_c36bfed7_uniq" ON "guides_planrule_sources" ("planrule_id", "source_id");
CREATE INDEX "guides_planrule_sources_planrule_id_806b72b5" ON "guides_planrule_sources" ("planrule_id");
CREATE INDEX "guides_planrule_sources_source_id_590d0ef3" ON "guides_planrule_sources" ("source_id");
CREATE UNIQUE INDEX "guides_planrule_steps_planrule_id_step_id_f1d08280_uniq" ON "guides_planrule_steps" ("planrule_id", "step_id");
CREATE INDEX "guides_planrule_steps_planrule_id_f083aca6" ON "guides_planrule_steps" ("planrule_id");
CREATE INDEX "guides_planrule_steps_step_id_e355f4ab" ON "guides_planrule_steps" ("step_id");
CREATE UNIQUE INDEX "guides_download_provisions_download_id_provision_id_6473c198_uniq" ON "guides_download_provisions" ("download_id", "provision_id");
CREATE INDEX "guides_download_provisions_download_id_c17a3108" ON "guides_download_provisions" ("download_id");
CREATE INDEX "guides_download_provisions_provision_id_3da4ca91" ON "guides_download_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_download_sources_download_id_source_id_e3c71c0b_uniq" ON "guides_download_sources" ("download_id", "source_id");
CREATE INDEX "guides_download_sources_download_id_9ae44dad" ON "guides_download_sources" ("download_id");
CREATE INDEX "guides_download_sources_source_id_cd0bcdce" ON "guides_download_sources" ("source_id");
CREATE UNIQUE INDEX "guides_download_steps_download_id_step_id_b6362fec_uniq" ON "guides_download_steps" ("download_id", "step_id");
CREATE INDEX "guides_download_steps_download_id_43b533ff" ON "guides_download_steps" ("download_id");
CREATE INDEX "guides_download_steps_step_id_3d84b862" ON "guides_download_steps" ("step_id");
CREATE UNIQUE INDEX "guides_task_provisions_task_id_provision_id_9af69b1d_uniq" ON "guides_task_provisions" ("task_id", "provision_id");
CREATE INDEX "guides_task_provisions_task_id_548c33c7" ON "guides_task_provisions" ("task_id");
CREATE INDEX "guides_task_provisions_provision_id_523e69f7" ON "guides_task_provisions" ("provision_id");
CREATE UNIQUE INDEX "guides_task_situations_task_id_situation_id_8e1414c7_uniq" ON "guides_task_situations" ("task_id", "situation_id");
CREATE INDEX "guides_task_situations_task_id_d2088cb4" ON "guides_task_situations" ("task_id");
CREATE INDEX "guides_task_situations_situation_id_658d8da6" ON "guides_task_situations" ("situation_id");
CREATE UNIQUE INDEX "guides_task_sources_task_id_source_id_5eff243b_uniq" ON "guides_task_sources" ("task_id", "source_id");
CREATE INDEX "guides_task_sources_task_id_d542a7cf" ON "guides_task_sources" ("task_id");
CREATE INDEX "guides_task_sources_source_id_6681e203" ON "guides_task_sources" ("source_id");
CREATE UNIQUE INDEX "guides_term_sources_term_id_source_id_b6e57468_uniq" ON "guides_term_sources" ("term_id", "source_id");
CREATE INDEX "guides_term_sources_term_id_18f9a9a5" ON "guides_term_sources" ("term_id");
CREATE INDEX "guides_term_sources_source_id_7180a32b" ON "guides_term_sources" ("source_id");
CREATE INDEX "guides_reminder_digest_id_2e641b2f" ON "guides_reminder" ("digest_id");
CREATE INDEX "guides_guidestep_guide_id_d94b6088" ON "guides_guidestep" ("guide_id");
CREATE INDEX "guides_guidestep_step_id_a3ed19f9" ON "guides_guidestep" ("step_id");
CREATE INDEX "guides_task_actor_id_f9bfc37e" ON "guides_task" ("actor_id");
CREATE INDEX "guides_task_step_id_487baa6b" ON "guides_task" ("step_id");
CREATE INDEX "guides_version_saved_by_id_220df6cf" ON "guides_version" ("saved_by_id");
CREATE INDEX "guides_release_released_by_id_227bc93a" ON "guides_release" ("released_by_id");
CREATE INDEX "guides_release_version_id_a97e37bb" ON "guides_release" ("version_id");
CREATE INDEX "guides_release_cancels_id_f319c348" ON "guides_release" ("cancels_id");
CREATE INDEX "guides_rele_kind_5395b1_idx" ON "guides_release" ("kind", "key", "effective_from" DESC);
CREATE INDEX "guides_masking_by_id_a802c706" ON "guides_masking" ("by_id");
CREATE INDEX "guides_masking_version_id_b68dcc37" ON "guides_masking" ("version_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('django_migrations',19);
INSERT INTO "sqlite_sequence" VALUES('django_admin_log',0);
INSERT INTO "sqlite_sequence" VALUES('django_content_type',41);
INSERT INTO "sqlite_sequence" VALUES('auth_permission',165);
INSERT INTO "sqlite_sequence" VALUES('auth_group',0);
INSERT INTO "sqlite_sequence" VALUES('auth_user',1);
INSERT INTO "sqlite_sequence" VALUES('guides_guide',1);
INSERT INTO "sqlite_sequence" VALUES('guides_guidestep',1);
INSERT INTO "sqlite_sequence" VALUES('guides_task',1);
INSERT INTO "sqlite_sequence" VALUES('guides_version',10);
INSERT INTO "sqlite_sequence" VALUES('guides_release',10);
INSERT INTO "sqlite_sequence" VALUES('guides_masking',0);
INSERT INTO "sqlite_sequence" VALUES('guides_contact',1);
INSERT INTO "sqlite_sequence" VALUES('guides_counter',1);
INSERT INTO "sqlite_sequence" VALUES('guides_page',3);
INSERT INTO "sqlite_sequence" VALUES('guides_check',2);
INSERT INTO "sqlite_sequence" VALUES('guides_step',1);
INSERT INTO "sqlite_sequence" VALUES('guides_grant',1);
INSERT INTO "sqlite_sequence" VALUES('guides_rename',1);
COMMIT;
