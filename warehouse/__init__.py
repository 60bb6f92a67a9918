"""The warehouse keeps: raw records, Parquet snapshots, the database, and what each column means."""
