import { useRef, useState } from 'react';
import type { Lane, Timeline } from '../../api/types.ts';
import { markTitles } from '../../components/verdict-mark.tsx';
import { exactTime } from '../../time/words.ts';
import classes from './lanes.module.css';
import { ticksOf } from './search.ts';

interface LanesProps {
  readonly timeline: Timeline;
  /** Two points of the width, 0 to 1. */
  readonly onZoom: (start: number, end: number) => void;
  readonly onLane: (lane: Lane) => void;
}

/** States one after the other, a lane an environment or layer; drawing over them zooms in, releases stand as lines. */
export function Lanes({ timeline, onZoom, onLane }: LanesProps) {
  const { lanes, marks, from, to } = timeline;
  const track = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<readonly [number, number]>();
  const pointAt = (x: number) => {
    const { left, width } = track.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(1, Math.max(0, (x - left) / width));
  };
  return (
    <div className={classes.lanes}>
      <div className={classes.names}>
        <span className={classes.corner} />
        {lanes.map((lane) => (
          <button
            key={nameOf(lane)}
            type="button"
            className={classes.name}
            onClick={() => onLane(lane)}
            title="Show what happened here"
          >
            {nameOf(lane)}
          </button>
        ))}
      </div>
      <div
        ref={track}
        className={classes.track}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrawn([pointAt(event.clientX), pointAt(event.clientX)]);
        }}
        onPointerMove={(event) => drawn && setDrawn([drawn[0], pointAt(event.clientX)])}
        onPointerUp={() => {
          if (drawn && Math.abs(drawn[0] - drawn[1]) > 0.01) onZoom(...drawn);
          setDrawn(undefined);
        }}
      >
        <Axis from={from} to={to} />
        {lanes.map((lane) => (
          <LaneTrack key={nameOf(lane)} lane={lane} from={from} to={to} />
        ))}
        {marks.map((mark) => (
          <span
            key={`${mark.what} ${mark.from} ${mark.title} ${mark.environment ?? ''}`}
            className={classes.mark}
            data-what={mark.what}
            title={`${mark.title}${mark.environment === undefined ? '' : ` in ${mark.environment}`}${mark.actor === undefined ? '' : `, by ${mark.actor}`}, ${exactTime(mark.from)}`}
            style={bandOf(mark.from, mark.to, from, to)}
          />
        ))}
        {drawn && (
          <span
            className={classes.drawn}
            style={{ left: `${Math.min(...drawn) * 100}%`, width: `${Math.abs(drawn[0] - drawn[1]) * 100}%` }}
          />
        )}
      </div>
    </div>
  );
}

export function nameOf({ environment, layer }: Lane): string {
  return layer === undefined ? environment : `${environment} · ${layer}`;
}

function Axis({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <div className={classes.axis} aria-hidden="true">
      {ticksOf(from, to).map(({ at, label }) => (
        <span key={label} style={{ left: `${at * 100}%` }}>
          {label}
        </span>
      ))}
    </div>
  );
}

function LaneTrack({ lane, from, to }: { readonly lane: Lane; readonly from: string; readonly to: string }) {
  return (
    <ul className={classes.lane} aria-label={`How ${nameOf(lane)} stood`}>
      {lane.segments.map((segment) => {
        const state = segment.checked ? (segment.verdict ?? 'clean') : 'not-checked';
        const words = segment.checked
          ? `${segment.open} open${segment.verdict ? `, worst ${markTitles[segment.verdict]}` : ''}`
          : 'not scanned yet';
        const text = `${exactTime(segment.from)} to ${exactTime(segment.to)}: ${words}`;
        return (
          <li
            key={segment.from}
            className={classes.segment}
            data-state={state}
            data-severity={segment.severity}
            title={text}
            style={bandOf(segment.from, segment.to, from, to)}
          >
            <span className="visually-hidden">{text}</span>
            {segment.open > 0 && <span aria-hidden="true">{segment.open}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** Where a stretch of time lies in a range, in per cent of its width. */
function bandOf(begin: string, end: string | undefined, from: string, to: string): { left: string; width: string } {
  const [start, width] = [Date.parse(from), Date.parse(to) - Date.parse(from)];
  const low = Math.max(0, (Date.parse(begin) - start) / width);
  const high = Math.min(1, end === undefined ? low : (Date.parse(end) - start) / width);
  return { left: `${low * 100}%`, width: `${Math.max(0, high - low) * 100}%` };
}
