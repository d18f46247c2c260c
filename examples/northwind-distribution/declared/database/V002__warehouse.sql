CREATE SCHEMA wms;

CREATE TABLE wms.stock (
  warehouse text NOT NULL,
  sku text NOT NULL,
  on_hand integer NOT NULL CHECK (on_hand >= 0),
  reserved integer NOT NULL DEFAULT 0,
  PRIMARY KEY (warehouse, sku)
);

CREATE TABLE wms.shipments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES sales.orders,
  warehouse text NOT NULL,
  carrier text,
  planned_for date NOT NULL,
  shipped_at timestamptz
);

-- The pick list of a warehouse is read every few seconds.
CREATE INDEX shipments_open ON wms.shipments (warehouse, planned_for) WHERE shipped_at IS NULL;

CREATE FUNCTION wms.available(p_warehouse text, p_sku text) RETURNS integer
  LANGUAGE sql STABLE
  AS $$ SELECT on_hand - reserved FROM wms.stock WHERE warehouse = p_warehouse AND sku = p_sku $$;
