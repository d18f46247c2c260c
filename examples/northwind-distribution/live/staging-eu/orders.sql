--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18
-- Dumped by pg_dump version 15.18

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: analytics; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA analytics;


--
-- Name: sales; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA sales;


--
-- Name: wms; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA wms;


--
-- Name: available(text, text); Type: FUNCTION; Schema: wms; Owner: -
--

CREATE FUNCTION wms.available(p_warehouse text, p_sku text) RETURNS integer
    LANGUAGE sql STABLE
    AS $$ SELECT on_hand - reserved FROM wms.stock WHERE warehouse = p_warehouse AND sku = p_sku $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: shipments; Type: TABLE; Schema: wms; Owner: -
--

CREATE TABLE wms.shipments (
    id bigint NOT NULL,
    order_id bigint NOT NULL,
    warehouse text NOT NULL,
    carrier text,
    planned_for date NOT NULL,
    shipped_at timestamp with time zone,
    customs_reference text
);


--
-- Name: daily_shipments; Type: VIEW; Schema: analytics; Owner: -
--

CREATE VIEW analytics.daily_shipments AS
 SELECT shipments.warehouse,
    (shipments.shipped_at)::date AS day,
    count(*) AS shipments
   FROM wms.shipments
  WHERE (shipments.shipped_at IS NOT NULL)
  GROUP BY shipments.warehouse, ((shipments.shipped_at)::date);


--
-- Name: customers; Type: TABLE; Schema: sales; Owner: -
--

CREATE TABLE sales.customers (
    id bigint NOT NULL,
    gln character(13),
    name text NOT NULL,
    country character(2) NOT NULL
);


--
-- Name: customers_id_seq; Type: SEQUENCE; Schema: sales; Owner: -
--

ALTER TABLE sales.customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sales.customers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: order_lines; Type: TABLE; Schema: sales; Owner: -
--

CREATE TABLE sales.order_lines (
    order_id bigint NOT NULL,
    line_no integer NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL,
    CONSTRAINT quantity_positive CHECK ((quantity > 0))
);


--
-- Name: orders; Type: TABLE; Schema: sales; Owner: -
--

CREATE TABLE sales.orders (
    id bigint NOT NULL,
    customer_id bigint NOT NULL,
    ordered_at timestamp with time zone DEFAULT now() NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    total numeric(12,2) NOT NULL,
    CONSTRAINT orders_status_check CHECK ((status = ANY (ARRAY['open'::text, 'allocated'::text, 'shipped'::text, 'cancelled'::text])))
);


--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: sales; Owner: -
--

ALTER TABLE sales.orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sales.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: shipments_id_seq; Type: SEQUENCE; Schema: wms; Owner: -
--

ALTER TABLE wms.shipments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME wms.shipments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: stock; Type: TABLE; Schema: wms; Owner: -
--

CREATE TABLE wms.stock (
    warehouse text NOT NULL,
    sku text NOT NULL,
    on_hand integer NOT NULL,
    reserved integer DEFAULT 0 NOT NULL,
    CONSTRAINT stock_on_hand_check CHECK ((on_hand >= 0))
);


--
-- Name: customers customers_gln_key; Type: CONSTRAINT; Schema: sales; Owner: -
--

ALTER TABLE ONLY sales.customers
    ADD CONSTRAINT customers_gln_key UNIQUE (gln);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: sales; Owner: -
--

ALTER TABLE ONLY sales.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: order_lines order_lines_pkey; Type: CONSTRAINT; Schema: sales; Owner: -
--

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line_no);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: sales; Owner: -
--

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: shipments shipments_pkey; Type: CONSTRAINT; Schema: wms; Owner: -
--

ALTER TABLE ONLY wms.shipments
    ADD CONSTRAINT shipments_pkey PRIMARY KEY (id);


--
-- Name: stock stock_pkey; Type: CONSTRAINT; Schema: wms; Owner: -
--

ALTER TABLE ONLY wms.stock
    ADD CONSTRAINT stock_pkey PRIMARY KEY (warehouse, sku);


--
-- Name: shipments_open; Type: INDEX; Schema: wms; Owner: -
--

CREATE INDEX shipments_open ON wms.shipments USING btree (warehouse, planned_for) WHERE (shipped_at IS NULL);


--
-- Name: order_lines order_lines_order_id_fkey; Type: FK CONSTRAINT; Schema: sales; Owner: -
--

ALTER TABLE ONLY sales.order_lines
    ADD CONSTRAINT order_lines_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales.orders(id);


--
-- Name: orders orders_customer_id_fkey; Type: FK CONSTRAINT; Schema: sales; Owner: -
--

ALTER TABLE ONLY sales.orders
    ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers(id);


--
-- Name: shipments shipments_order_id_fkey; Type: FK CONSTRAINT; Schema: wms; Owner: -
--

ALTER TABLE ONLY wms.shipments
    ADD CONSTRAINT shipments_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales.orders(id);


--
-- PostgreSQL database dump complete
--


