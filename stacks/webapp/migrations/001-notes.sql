-- Repeatable: this runs again whenever one of the migrations changes.
CREATE TABLE IF NOT EXISTS notes (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  text text NOT NULL CHECK (text <> '')
);
INSERT INTO notes (text)
SELECT 'Written by the migration' WHERE NOT EXISTS (SELECT FROM notes);
