CREATE SCHEMA sales;

CREATE TABLE sales.customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gln char(13) UNIQUE,
  name text NOT NULL,
  country char(2) NOT NULL
);

CREATE TABLE sales.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES sales.customers,
  ordered_at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'allocated', 'shipped', 'cancelled')),
  total numeric(12, 2) NOT NULL
);

CREATE TABLE sales.order_lines (
  order_id bigint NOT NULL REFERENCES sales.orders,
  line_no integer NOT NULL,
  sku text NOT NULL,
  quantity integer NOT NULL CONSTRAINT quantity_positive CHECK (quantity > 0),
  PRIMARY KEY (order_id, line_no)
);
