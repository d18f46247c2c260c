// Written from packages/server/openapi.json by "npm run generate".
export interface paths {
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may do */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/ways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one can sign in here */
        get: operations["listSignInWays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uses the one-time link: makes the first administrator and signs them in */
        post: operations["useSetUpLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in with a local account */
        post: operations["signIn"];
        /** Ends this session */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The parity matrix: environments by layers or workloads */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All environments */
        get: operations["listEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{environment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One environment: layers, workloads, sources, scans */
        get: operations["getEnvironment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{environment}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was read or declared in an environment, from the last snapshots */
        get: operations["listResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{environment}/resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One resource on every plane, secrets as digests */
        get: operations["getResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between two environments, moments or declared revisions */
        get: operations["compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compare/resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The two sides of one resource, attribute by attribute */
        get: operations["compareResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{environment}/moments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When an environment was read: what the moments of a comparison can be */
        get: operations["listMoments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Findings by cause, worst first */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings/{fingerprint}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything known of one finding */
        get: operations["getFinding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/causes/{cause}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The findings with one cause */
        get: operations["listCause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings/handling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assigns, snoozes or wakes findings; by cause all that share it */
        post: operations["handleFindings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/findings/{fingerprint}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The change to code that would make Git say what is live; nothing moves */
        get: operations["previewReconciliation"];
        put?: never;
        /** Commits that change on a branch of the estate repository and proposes it */
        post: operations["proposeReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approved-differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approved differences in force or expired, soonest expiry first */
        get: operations["listApproved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approved-differences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One approved difference: what it silences now, and its history in Git */
        get: operations["getApproved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approval-requests/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a record would say and silence; nothing moves */
        post: operations["previewApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approval-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests and their decisions, newest first */
        get: operations["listApprovalRequests"];
        put?: never;
        /** Asks for an approved difference: a commit on a branch of the estate repository */
        post: operations["requestApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approval-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request */
        get: operations["getApprovalRequest"];
        put?: never;
        post?: never;
        /** Takes back a request of one’s own */
        delete: operations["withdrawApproval"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approval-requests/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves or declines a request of somebody else */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Packs and policies with coverage by environment */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{code}/failing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Resources that do not meet a policy */
        get: operations["listFailing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Evaluates an expression against real resources; nothing is kept */
        post: operations["evaluatePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How environments and layers stood over time, with releases and break-glass periods */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/happenings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What took place, newest first */
        get: operations["listHappenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Completeness, freshness, errors and next run of every source */
        get: operations["listSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connects and says what may be read and what not */
        post: operations["checkSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scans environments or sources now; everything where none are named */
        post: operations["startScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first; `dead` are those that no retry is left for */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /** Cancels a job that waits or runs */
        delete: operations["cancelJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs a failed or dead job again */
        post: operations["replayJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress of one job as server-sent events, until it ends */
        get: operations["followJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: findings, estate, jobs or requests moved. Screens ask again when one comes */
        get: operations["followEstate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hooks/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what was deployed where: drift and pending are told apart by it, and the environment is scanned */
        post: operations["recordDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log as JSON lines with the hash chain, oldest first */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Walks the hash chain and says whether any entry was changed, removed or put in */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Findings, approved differences and completeness as one document for an auditor */
        get: operations["exportEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign-in, schedules, notifications and hooks as declared */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/validation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what is wrong with a text of the settings file; nothing moves */
        post: operations["validateSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Commits a changed settings file on a branch of the estate repository */
        post: operations["proposeSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One’s own API tokens; all of them for who manages tokens */
        get: operations["listTokens"];
        put?: never;
        /** Makes an API token; its text is shown once */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who signed in here and what they may do */
        get: operations["listPeople"];
        put?: never;
        /** Makes a local account */
        post: operations["addLocalAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends an account and its sessions */
        delete: operations["disableAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent where, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/channels/{channel}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test message */
        post: operations["testChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments, workloads, findings, approved differences, policies and sources by name */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        SeverityInput: "low" | "medium" | "high" | "critical";
        /** @enum {string} */
        VerdictInput: "drift" | "conflict" | "missing" | "unmanaged" | "parity" | "policy" | "pending" | "not-checked" | "stale" | "expired";
        /** @enum {string} */
        LayerInput: "network" | "identity" | "erp" | "database" | "runtime" | "secrets" | "observability" | "messaging" | "host" | "backup" | "delivery";
        /** @enum {string} */
        PlaneInput: "declared" | "applied" | "observed";
        /** @enum {string} */
        ApprovedCategoryInput: "sizing" | "masking" | "endpoint" | "test-tooling" | "regional" | "other";
        /** Format: date-time */
        InstantInput: string;
        /** @description A piece of a headline: plain text, or text a screen links or highlights. */
        HeadlinePartInput: {
            text: string;
            /** @enum {string} */
            role?: "resource" | "environment" | "value" | "actor" | "time" | "place" | "policy";
        };
        PlaceInput: {
            file?: string;
            line?: number;
            column?: number;
            pointer?: string;
        };
        /** @description A coded problem with its cause and the next step; docs/errors.md lists them. */
        ProblemInput: {
            code: string;
            message: string;
            hint: string;
            place?: components["schemas"]["PlaceInput"];
        };
        /** @description RFC 9457 problem details with a code of the one registry. */
        ProblemDocumentInput: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            hint: string;
            instance: string;
            /** @description All problems, where there are several. */
            problems?: components["schemas"]["ProblemInput"][];
        };
        ApprovedDifferenceInput: {
            id: string;
            /**
             * @description idle: silences nothing now.
             * @enum {string}
             */
            state: "active" | "expiring" | "expired" | "broken" | "idle";
            category: components["schemas"]["ApprovedCategoryInput"];
            reason: string;
            owner: string;
            approver: string;
            ticket?: string;
            /** @description As it was written, with its zone. */
            expires: string;
            expiresAt: components["schemas"]["InstantInput"];
            /** @description Patterns; empty for all. */
            environments: string[];
            workload?: string;
            kind: string;
            key: string;
            path?: string;
            policy?: string;
            constraint: string;
            place: components["schemas"]["PlaceInput"];
            silences: number;
            layers: components["schemas"]["LayerInput"][];
        };
        SilencedInput: {
            fingerprint: string;
            environment: string;
            name: string;
            severity: components["schemas"]["SeverityInput"];
            headline: components["schemas"]["HeadlinePartInput"][];
        };
        ApprovalWishInput: {
            fingerprint: string;
            reason: string;
            owner: string;
            /** @description With an offset or IANA zone: `2027-03-31T23:59[Europe/Amsterdam]`. */
            expires: string;
            category: components["schemas"]["ApprovedCategoryInput"];
            ticket?: string;
            id?: string;
            /** @default false */
            allEnvironments: boolean;
            atMost?: string;
            atLeast?: string;
            oneOf?: string[];
            matches?: string;
            ratio?: string;
        };
        ApprovalRequestInput: {
            id: string;
            /** @enum {string} */
            state: "open" | "approved" | "declined" | "withdrawn";
            recordId: string;
            fingerprint: string;
            environment: string;
            workload?: string;
            headline: components["schemas"]["HeadlinePartInput"][];
            wish: components["schemas"]["ApprovalWishInput"];
            record: string;
            file: string;
            requester: string;
            requestedAt: components["schemas"]["InstantInput"];
            decidedBy?: string;
            decidedAt?: components["schemas"]["InstantInput"];
            decisionReason?: string;
            /** @description Branch of the estate repository that holds it. */
            branch?: string;
            commit?: string;
            pushed: boolean;
            pullRequest?: string;
            /** @description Whether the one who asks may decide it: never their own. */
            mayDecide: boolean;
        };
        AuditEntryInput: {
            seq: number;
            at: components["schemas"]["InstantInput"];
            actor: string;
            /** @enum {string} */
            actorKind: "person" | "machine" | "system" | "nobody";
            /** @description The operation: `decideApproval`, `signIn` … */
            action: string;
            subject?: string;
            /**
             * @description begun: written before it was done, and its end is not there.
             * @enum {string}
             */
            outcome: "begun" | "done" | "refused" | "failed";
            detail: {
                [key: string]: unknown;
            };
            address?: string;
            requestId?: string;
            hash: string;
        };
        ComparisonSideInput: string;
        /** @description One resource that differs. */
        ComparedRowInput: {
            source: string;
            kind: string;
            key: string;
            name: string;
            layer: components["schemas"]["LayerInput"];
            workload?: string;
            /** @enum {string} */
            change: "changed" | "only-left" | "only-right";
            severity: components["schemas"]["SeverityInput"];
            verdict: components["schemas"]["VerdictInput"];
            differences: number;
            approved: number;
            headline: components["schemas"]["HeadlinePartInput"][];
        };
        ComparisonInput: {
            left: {
                side: components["schemas"]["ComparisonSideInput"];
                environment: string;
                plane: components["schemas"]["PlaneInput"];
                at?: components["schemas"]["InstantInput"];
                revision?: string;
            };
            right: {
                side: components["schemas"]["ComparisonSideInput"];
                environment: string;
                plane: components["schemas"]["PlaneInput"];
                at?: components["schemas"]["InstantInput"];
                revision?: string;
            };
            /** @description "staging-eu differs from production-eu in 9 places; 3 are approved; 2 could not be checked." */
            sentence: components["schemas"]["HeadlinePartInput"][];
            /** @description Resources that differ and are not wholly approved. */
            differing: number;
            /** @description Resources whose every difference is approved. */
            approved: number;
            equal: number;
            notChecked: {
                source: string;
                kind: string;
                /** @enum {string} */
                side: "left" | "right" | "both";
                reason: string;
            }[];
            tree: {
                layer: components["schemas"]["LayerInput"];
                workload?: string;
                kind: string;
                differing: number;
                approved: number;
            }[];
            /** @description Worst first. */
            items: components["schemas"]["ComparedRowInput"][];
            next?: string;
            total: number;
        };
        ComparedAttributeInput: {
            path: string;
            left?: unknown;
            right?: unknown;
            /** @enum {string} */
            change: "changed" | "only-left" | "only-right";
            severity: components["schemas"]["SeverityInput"];
            approval?: {
                id: string;
                state: string;
                reason: string;
                expires: string;
            };
            headline: components["schemas"]["HeadlinePartInput"][];
        };
        JobInput: {
            id: string;
            /** @enum {string} */
            kind: "scan" | "notify" | "maintenance";
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "dead";
            /** @enum {string} */
            cause: "schedule" | "request" | "deployment" | "event" | "push";
            requestedBy?: string;
            environments: string[];
            sources: string[];
            createdAt: components["schemas"]["InstantInput"];
            startedAt?: components["schemas"]["InstantInput"];
            endedAt?: components["schemas"]["InstantInput"];
            attempts: number;
            progress?: {
                done: number;
                total: number;
                resources: number;
            };
            outcome?: {
                exitCode: number;
                findings: number;
                isNew: number;
            };
            problem?: components["schemas"]["ProblemInput"];
        };
        MatrixCellInput: {
            environment: string;
            /** @description The worst open one; absent when nothing is open. */
            verdict?: components["schemas"]["VerdictInput"];
            severity?: components["schemas"]["SeverityInput"];
            open: number;
            approved: number;
            byVerdict: {
                [key: string]: number;
            };
            /** @description False where no source reads this row in this environment: the cell is empty, not clean. */
            applies: boolean;
            /** @description False where something could not be checked: the cell is hatched, never clean. */
            complete: boolean;
            /** @description What could not be checked, by source. */
            missing: string[];
            oldest?: components["schemas"]["InstantInput"];
            owners: string[];
        };
        /** @description Columns of the matrix in the order of the topology. */
        EnvironmentGroupInput: {
            id: string;
            /** @description Region or tenant. */
            title: string;
            environments: {
                name: string;
                /** @description What tells it apart within its group, mostly the stage. */
                title: string;
                stage: string;
                mirrors?: string;
            }[];
        };
        /** @description Something that took place, as one sentence. */
        HappeningInput: {
            at: components["schemas"]["InstantInput"];
            /** @enum {string} */
            what: "finding" | "resolved" | "release" | "scan" | "approval" | "break-glass" | "estate";
            environment?: string;
            headline: components["schemas"]["HeadlinePartInput"][];
            fingerprint?: string;
            severity?: components["schemas"]["SeverityInput"];
            verdict?: components["schemas"]["VerdictInput"];
            actor?: string;
        };
        OverviewInput: {
            /** @description The newest scan; absent before the first. */
            asOf?: components["schemas"]["InstantInput"];
            sources: {
                total: number;
                stale: number;
                notChecked: number;
            };
            open: number;
            newSinceYesterday: number;
            /** @description Requests that wait for the one who asks to decide. */
            waiting: number;
            /** @description Approved differences that expire within two weeks, or did. */
            expiring: number;
            groups: components["schemas"]["EnvironmentGroupInput"][];
            rows: {
                id: string;
                title: string;
                cells: components["schemas"]["MatrixCellInput"][];
                /** @description Open findings at the end of each of 30 days, oldest first. */
                trend: number[];
            }[];
            /** @description What changed within a day, newest first. */
            today: components["schemas"]["HappeningInput"][];
        };
        /** @description One source in one environment. */
        SourceReadingInput: {
            source: string;
            title: string;
            environment: string;
            layers: components["schemas"]["LayerInput"][];
            planes: {
                plane: components["schemas"]["PlaneInput"];
                connector: string;
                /** @description Absent where it was never read. */
                takenAt?: components["schemas"]["InstantInput"];
                resources: number;
                revision?: string;
                kinds: {
                    kind: string;
                    /** @enum {string} */
                    state: "complete" | "partial" | "failed";
                    count: number;
                    problems: components["schemas"]["ProblemInput"][];
                }[];
            }[];
            /** @enum {string} */
            state: "complete" | "partial" | "failed" | "stale" | "never";
            /** @description Seconds after which a reading is stale. */
            freshness?: number;
            /** @description As declared. */
            schedule?: string;
            nextRun?: components["schemas"]["InstantInput"];
            /** @description Id of the job that reads it now. */
            running?: string;
        };
        EnvironmentSummaryInput: {
            name: string;
            stage: string;
            region?: string;
            businessUnit?: string;
            tenant?: string;
            tier?: string;
            compliance: string[];
            mirrors?: string;
            mirroredBy: string[];
            criticality: number;
            /** @description All layers together. */
            cell: components["schemas"]["MatrixCellInput"];
        };
        EnvironmentPageInput: {
            name: string;
            stage: string;
            region?: string;
            businessUnit?: string;
            tenant?: string;
            tier?: string;
            compliance: string[];
            mirrors?: string;
            mirroredBy: string[];
            criticality: number;
            /** @description All layers together. */
            cell: components["schemas"]["MatrixCellInput"];
            layers: {
                layer: components["schemas"]["LayerInput"];
                resources: number;
                cell: components["schemas"]["MatrixCellInput"];
            }[];
            workloads: {
                name: string;
                title: string;
                owner: string;
                priority: number;
                cell: components["schemas"]["MatrixCellInput"];
            }[];
            sources: components["schemas"]["SourceReadingInput"][];
            scans: {
                id: string;
                at: components["schemas"]["InstantInput"];
                exitCode: number;
                sources: number;
                revision: string;
            }[];
            /** @description Declared changes that are not applied yet. */
            pending: number;
            recent: components["schemas"]["HappeningInput"][];
        };
        ResourceRowInput: {
            source: string;
            kind: string;
            key: string;
            layer: components["schemas"]["LayerInput"];
            workload?: string;
            planes: components["schemas"]["PlaneInput"][];
            findings: number;
        };
        ResourceSideInput: {
            plane: components["schemas"]["PlaneInput"];
            attributes: unknown;
            place?: string;
            actor?: string;
            at?: string;
            takenAt: components["schemas"]["InstantInput"];
        };
        /** @description One side of a finding. Secrets are digests. */
        SideInput: {
            from: string;
            present: boolean;
            value?: unknown;
            place?: string;
        };
        ApprovalInput: {
            id: string;
            /** @enum {string} */
            state: "holds" | "broken" | "expired";
            expiring?: boolean;
            category: components["schemas"]["ApprovedCategoryInput"];
            reason: string;
            owner: string;
            approver: string;
            ticket?: string;
            expires: string;
            constraint: string;
        };
        FindingInput: {
            fingerprint: string;
            cause: string;
            partOf?: string;
            axis: string;
            verdict: components["schemas"]["VerdictInput"];
            severity: components["schemas"]["SeverityInput"];
            environment: string;
            reference?: string;
            source: string;
            layer: components["schemas"]["LayerInput"];
            kind: string;
            key: string;
            name: string;
            path: string;
            workload?: string;
            owner?: string;
            expected: components["schemas"]["SideInput"];
            actual: components["schemas"]["SideInput"];
            attribution: {
                actor?: string;
                at?: string;
                via?: string;
            };
            headline: components["schemas"]["HeadlinePartInput"][];
            advice: string;
            approval?: components["schemas"]["ApprovalInput"];
            policy?: string;
            problem?: components["schemas"]["ProblemInput"];
            trace: string[];
        };
        HandlingInput: {
            assignee?: string;
            snoozedUntil?: components["schemas"]["InstantInput"];
            snoozeReason?: string;
            snoozedBy?: string;
        };
        /** @enum {string} */
        FindingStateInput: "open" | "approved" | "snoozed" | "resolved";
        /** @description Findings with one cause: one row with its blast radius. */
        FindingRowInput: {
            /** @description The finding that speaks for the cause. */
            fingerprint: string;
            cause: string;
            verdict: components["schemas"]["VerdictInput"];
            severity: components["schemas"]["SeverityInput"];
            headline: components["schemas"]["HeadlinePartInput"][];
            layer: components["schemas"]["LayerInput"];
            kind: string;
            environments: string[];
            /** @description Findings with this cause that the filter takes. */
            findings: number;
            resources: number;
            firstSeen: components["schemas"]["InstantInput"];
            /** @description First seen within a day. */
            isNew: boolean;
            owner?: string;
            workload?: string;
            /** @description Id of the approved difference that bears on it. */
            approval?: string;
            handling: components["schemas"]["HandlingInput"];
        };
        /** @description Findings by each field, under the other filters. */
        FindingFacetsInput: {
            verdict: {
                [key: string]: number;
            };
            severity: {
                [key: string]: number;
            };
            environment: {
                [key: string]: number;
            };
            layer: {
                [key: string]: number;
            };
            workload: {
                [key: string]: number;
            };
            owner: {
                [key: string]: number;
            };
        };
        FindingEventInput: {
            at: components["schemas"]["InstantInput"];
            /** @enum {string} */
            what: "seen" | "changed" | "resolved" | "reopened" | "assigned" | "snoozed" | "woken" | "requested" | "approved" | "declined" | "deployed";
            text: string;
            actor?: string;
            verdict?: components["schemas"]["VerdictInput"];
            severity?: components["schemas"]["SeverityInput"];
        };
        FindingPageInput: {
            finding: components["schemas"]["FindingInput"];
            state: components["schemas"]["FindingStateInput"];
            history: {
                firstSeen: components["schemas"]["InstantInput"];
                lastSeen: components["schemas"]["InstantInput"];
                resolvedAt?: components["schemas"]["InstantInput"];
                reopened: number;
            };
            /** @description Newest first. */
            events: components["schemas"]["FindingEventInput"][];
            handling: components["schemas"]["HandlingInput"];
            cause: {
                findings: number;
                resources: number;
                environments: string[];
                others: {
                    fingerprint: string;
                    environment: string;
                    name: string;
                    path: string;
                    severity: components["schemas"]["SeverityInput"];
                }[];
            };
            workload?: {
                name: string;
                title: string;
                owner: string;
                priority: number;
                hosting: string;
                rto?: number;
                rpo?: number;
            };
            policy?: {
                code: string;
                title: string;
                expression?: string;
            };
            /** @description Ids of approval requests about it that are open. */
            requests: string[];
            /** @description Whether Leeway can write the change to code that would end it. */
            mayReconcile: boolean;
        };
        PolicyRowInput: {
            code: string;
            title: string;
            pack: string;
            severity: components["schemas"]["SeverityInput"];
            kinds: string[];
            /** @description CEL; absent for compiled Rego bundles. */
            expression?: string;
            remediation: string;
            place?: components["schemas"]["PlaceInput"];
            failing: number;
            /** @description Failing resources that an approved difference accepts. */
            excepted: number;
            /** @description Failing resources by environment. */
            byEnvironment: {
                [key: string]: number;
            };
        };
        /** @description A role where it holds: everywhere, or in what the patterns name. */
        GrantInput: {
            /** @enum {string} */
            role: "viewer" | "operator" | "application-owner" | "approver" | "security" | "admin";
            environments?: string[];
            workloads?: string[];
        };
        PersonInput: {
            id: string;
            name: string;
            email?: string;
            /** @enum {string} */
            kind: "person" | "machine";
        };
        MeInput: {
            person: components["schemas"]["PersonInput"];
            grants: components["schemas"]["GrantInput"][];
            /** @description Held somewhere; a grant says where. */
            permissions: ("findings:read" | "findings:act" | "approvals:request" | "approvals:decide" | "policies:evaluate" | "scans:run" | "jobs:manage" | "sources:check" | "deployments:record" | "evidence:read" | "settings:read" | "settings:propose" | "tokens:manage" | "access:manage")[];
            /** @description To be sent as x-csrf-token with every write of a session; tokens need none. */
            csrf?: string;
            estate: {
                name: string;
                title: string;
                isExample: boolean;
                revision: string;
                asOf?: string;
            };
            version: string;
        };
        ApiTokenInput: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "personal" | "machine";
            owner: string;
            prefix: string;
            permissions: ("findings:read" | "findings:act" | "approvals:request" | "approvals:decide" | "policies:evaluate" | "scans:run" | "jobs:manage" | "sources:check" | "deployments:record" | "evidence:read" | "settings:read" | "settings:propose" | "tokens:manage" | "access:manage")[];
            environments: string[];
            createdAt: components["schemas"]["InstantInput"];
            expiresAt: components["schemas"]["InstantInput"];
            lastUsedAt?: components["schemas"]["InstantInput"];
            revokedAt?: components["schemas"]["InstantInput"];
        };
        DeliveryInput: {
            id: string;
            channel: string;
            at: components["schemas"]["InstantInput"];
            /** @enum {string} */
            state: "waiting" | "delivered" | "failed" | "dropped";
            attempts: number;
            summary: string;
            findings: number;
            error?: string;
        };
        /** @description Declared in Git like everything else: changed by a commit, shown here. */
        ServerSettingsInput: {
            /** @description File of the estate repository that holds them. */
            place: components["schemas"]["PlaceInput"];
            /** @description That file; secrets in it are names of variables, never values. */
            text: string;
            problems: components["schemas"]["ProblemInput"][];
            signIn: {
                oidc?: {
                    title: string;
                    issuer: string;
                    clientId: string;
                };
                local: boolean;
                groups: {
                    group: string;
                    grants: components["schemas"]["GrantInput"][];
                }[];
            };
            schedules: {
                name: string;
                cron: string;
                zone: string;
                environments: string[];
                sources: string[];
                nextRun?: components["schemas"]["InstantInput"];
            }[];
            channels: {
                name: string;
                kind: string;
                /** @description Without secrets. */
                target: string;
                quiet?: string;
            }[];
            routes: {
                channel: string;
                owners: string[];
                environments: string[];
                severity: components["schemas"]["SeverityInput"];
            }[];
            hooks: {
                name: string;
                url: string;
                verified: boolean;
            }[];
            hosting?: {
                kind: string;
                repository: string;
            };
        };
        /** @description How an environment or layer stood over time, as states that follow each other. */
        LaneInput: {
            environment: string;
            /** @description Absent for the environment as a whole. */
            layer?: components["schemas"]["LayerInput"];
            segments: {
                from: components["schemas"]["InstantInput"];
                to: components["schemas"]["InstantInput"];
                open: number;
                /** @description The worst open one; absent while clean. */
                verdict?: components["schemas"]["VerdictInput"];
                severity?: components["schemas"]["SeverityInput"];
                /** @description False before the first scan. */
                checked: boolean;
            }[];
        };
        /** @enum {string} */
        Severity: "low" | "medium" | "high" | "critical";
        /** @enum {string} */
        Verdict: "drift" | "conflict" | "missing" | "unmanaged" | "parity" | "policy" | "pending" | "not-checked" | "stale" | "expired";
        /** @enum {string} */
        Layer: "network" | "identity" | "erp" | "database" | "runtime" | "secrets" | "observability" | "messaging" | "host" | "backup" | "delivery";
        /** @enum {string} */
        Plane: "declared" | "applied" | "observed";
        /** @enum {string} */
        ApprovedCategory: "sizing" | "masking" | "endpoint" | "test-tooling" | "regional" | "other";
        /** Format: date-time */
        Instant: string;
        /** @description A piece of a headline: plain text, or text a screen links or highlights. */
        HeadlinePart: {
            text: string;
            /** @enum {string} */
            role?: "resource" | "environment" | "value" | "actor" | "time" | "place" | "policy";
        };
        Place: {
            file?: string;
            line?: number;
            column?: number;
            pointer?: string;
        };
        /** @description A coded problem with its cause and the next step; docs/errors.md lists them. */
        Problem: {
            code: string;
            message: string;
            hint: string;
            place?: components["schemas"]["Place"];
        };
        /** @description RFC 9457 problem details with a code of the one registry. */
        ProblemDocument: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            hint: string;
            instance: string;
            /** @description All problems, where there are several. */
            problems?: components["schemas"]["Problem"][];
        };
        ApprovedDifference: {
            id: string;
            /**
             * @description idle: silences nothing now.
             * @enum {string}
             */
            state: "active" | "expiring" | "expired" | "broken" | "idle";
            category: components["schemas"]["ApprovedCategory"];
            reason: string;
            owner: string;
            approver: string;
            ticket?: string;
            /** @description As it was written, with its zone. */
            expires: string;
            expiresAt: components["schemas"]["Instant"];
            /** @description Patterns; empty for all. */
            environments: string[];
            workload?: string;
            kind: string;
            key: string;
            path?: string;
            policy?: string;
            constraint: string;
            place: components["schemas"]["Place"];
            silences: number;
            layers: components["schemas"]["Layer"][];
        };
        Silenced: {
            fingerprint: string;
            environment: string;
            name: string;
            severity: components["schemas"]["Severity"];
            headline: components["schemas"]["HeadlinePart"][];
        };
        ApprovalWish: {
            fingerprint: string;
            reason: string;
            owner: string;
            /** @description With an offset or IANA zone: `2027-03-31T23:59[Europe/Amsterdam]`. */
            expires: string;
            category: components["schemas"]["ApprovedCategory"];
            ticket?: string;
            id?: string;
            /** @default false */
            allEnvironments: boolean;
            atMost?: string;
            atLeast?: string;
            oneOf?: string[];
            matches?: string;
            ratio?: string;
        };
        ApprovalRequest: {
            id: string;
            /** @enum {string} */
            state: "open" | "approved" | "declined" | "withdrawn";
            recordId: string;
            fingerprint: string;
            environment: string;
            workload?: string;
            headline: components["schemas"]["HeadlinePart"][];
            wish: components["schemas"]["ApprovalWish"];
            record: string;
            file: string;
            requester: string;
            requestedAt: components["schemas"]["Instant"];
            decidedBy?: string;
            decidedAt?: components["schemas"]["Instant"];
            decisionReason?: string;
            /** @description Branch of the estate repository that holds it. */
            branch?: string;
            commit?: string;
            pushed: boolean;
            pullRequest?: string;
            /** @description Whether the one who asks may decide it: never their own. */
            mayDecide: boolean;
        };
        AuditEntry: {
            seq: number;
            at: components["schemas"]["Instant"];
            actor: string;
            /** @enum {string} */
            actorKind: "person" | "machine" | "system" | "nobody";
            /** @description The operation: `decideApproval`, `signIn` … */
            action: string;
            subject?: string;
            /**
             * @description begun: written before it was done, and its end is not there.
             * @enum {string}
             */
            outcome: "begun" | "done" | "refused" | "failed";
            detail: {
                [key: string]: unknown;
            };
            address?: string;
            requestId?: string;
            hash: string;
        };
        ComparisonSide: string;
        /** @description One resource that differs. */
        ComparedRow: {
            source: string;
            kind: string;
            key: string;
            name: string;
            layer: components["schemas"]["Layer"];
            workload?: string;
            /** @enum {string} */
            change: "changed" | "only-left" | "only-right";
            severity: components["schemas"]["Severity"];
            verdict: components["schemas"]["Verdict"];
            differences: number;
            approved: number;
            headline: components["schemas"]["HeadlinePart"][];
        };
        Comparison: {
            left: {
                side: components["schemas"]["ComparisonSide"];
                environment: string;
                plane: components["schemas"]["Plane"];
                at?: components["schemas"]["Instant"];
                revision?: string;
            };
            right: {
                side: components["schemas"]["ComparisonSide"];
                environment: string;
                plane: components["schemas"]["Plane"];
                at?: components["schemas"]["Instant"];
                revision?: string;
            };
            /** @description "staging-eu differs from production-eu in 9 places; 3 are approved; 2 could not be checked." */
            sentence: components["schemas"]["HeadlinePart"][];
            /** @description Resources that differ and are not wholly approved. */
            differing: number;
            /** @description Resources whose every difference is approved. */
            approved: number;
            equal: number;
            notChecked: {
                source: string;
                kind: string;
                /** @enum {string} */
                side: "left" | "right" | "both";
                reason: string;
            }[];
            tree: {
                layer: components["schemas"]["Layer"];
                workload?: string;
                kind: string;
                differing: number;
                approved: number;
            }[];
            /** @description Worst first. */
            items: components["schemas"]["ComparedRow"][];
            next?: string;
            total: number;
        };
        ComparedAttribute: {
            path: string;
            left?: unknown;
            right?: unknown;
            /** @enum {string} */
            change: "changed" | "only-left" | "only-right";
            severity: components["schemas"]["Severity"];
            approval?: {
                id: string;
                state: string;
                reason: string;
                expires: string;
            };
            headline: components["schemas"]["HeadlinePart"][];
        };
        Job: {
            id: string;
            /** @enum {string} */
            kind: "scan" | "notify" | "maintenance";
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "dead";
            /** @enum {string} */
            cause: "schedule" | "request" | "deployment" | "event" | "push";
            requestedBy?: string;
            environments: string[];
            sources: string[];
            createdAt: components["schemas"]["Instant"];
            startedAt?: components["schemas"]["Instant"];
            endedAt?: components["schemas"]["Instant"];
            attempts: number;
            progress?: {
                done: number;
                total: number;
                resources: number;
            };
            outcome?: {
                exitCode: number;
                findings: number;
                isNew: number;
            };
            problem?: components["schemas"]["Problem"];
        };
        MatrixCell: {
            environment: string;
            /** @description The worst open one; absent when nothing is open. */
            verdict?: components["schemas"]["Verdict"];
            severity?: components["schemas"]["Severity"];
            open: number;
            approved: number;
            byVerdict: {
                [key: string]: number;
            };
            /** @description False where no source reads this row in this environment: the cell is empty, not clean. */
            applies: boolean;
            /** @description False where something could not be checked: the cell is hatched, never clean. */
            complete: boolean;
            /** @description What could not be checked, by source. */
            missing: string[];
            oldest?: components["schemas"]["Instant"];
            owners: string[];
        };
        /** @description Columns of the matrix in the order of the topology. */
        EnvironmentGroup: {
            id: string;
            /** @description Region or tenant. */
            title: string;
            environments: {
                name: string;
                /** @description What tells it apart within its group, mostly the stage. */
                title: string;
                stage: string;
                mirrors?: string;
            }[];
        };
        /** @description Something that took place, as one sentence. */
        Happening: {
            at: components["schemas"]["Instant"];
            /** @enum {string} */
            what: "finding" | "resolved" | "release" | "scan" | "approval" | "break-glass" | "estate";
            environment?: string;
            headline: components["schemas"]["HeadlinePart"][];
            fingerprint?: string;
            severity?: components["schemas"]["Severity"];
            verdict?: components["schemas"]["Verdict"];
            actor?: string;
        };
        Overview: {
            /** @description The newest scan; absent before the first. */
            asOf?: components["schemas"]["Instant"];
            sources: {
                total: number;
                stale: number;
                notChecked: number;
            };
            open: number;
            newSinceYesterday: number;
            /** @description Requests that wait for the one who asks to decide. */
            waiting: number;
            /** @description Approved differences that expire within two weeks, or did. */
            expiring: number;
            groups: components["schemas"]["EnvironmentGroup"][];
            rows: {
                id: string;
                title: string;
                cells: components["schemas"]["MatrixCell"][];
                /** @description Open findings at the end of each of 30 days, oldest first. */
                trend: number[];
            }[];
            /** @description What changed within a day, newest first. */
            today: components["schemas"]["Happening"][];
        };
        /** @description One source in one environment. */
        SourceReading: {
            source: string;
            title: string;
            environment: string;
            layers: components["schemas"]["Layer"][];
            planes: {
                plane: components["schemas"]["Plane"];
                connector: string;
                /** @description Absent where it was never read. */
                takenAt?: components["schemas"]["Instant"];
                resources: number;
                revision?: string;
                kinds: {
                    kind: string;
                    /** @enum {string} */
                    state: "complete" | "partial" | "failed";
                    count: number;
                    problems: components["schemas"]["Problem"][];
                }[];
            }[];
            /** @enum {string} */
            state: "complete" | "partial" | "failed" | "stale" | "never";
            /** @description Seconds after which a reading is stale. */
            freshness?: number;
            /** @description As declared. */
            schedule?: string;
            nextRun?: components["schemas"]["Instant"];
            /** @description Id of the job that reads it now. */
            running?: string;
        };
        EnvironmentSummary: {
            name: string;
            stage: string;
            region?: string;
            businessUnit?: string;
            tenant?: string;
            tier?: string;
            compliance: string[];
            mirrors?: string;
            mirroredBy: string[];
            criticality: number;
            /** @description All layers together. */
            cell: components["schemas"]["MatrixCell"];
        };
        EnvironmentPage: {
            name: string;
            stage: string;
            region?: string;
            businessUnit?: string;
            tenant?: string;
            tier?: string;
            compliance: string[];
            mirrors?: string;
            mirroredBy: string[];
            criticality: number;
            /** @description All layers together. */
            cell: components["schemas"]["MatrixCell"];
            layers: {
                layer: components["schemas"]["Layer"];
                resources: number;
                cell: components["schemas"]["MatrixCell"];
            }[];
            workloads: {
                name: string;
                title: string;
                owner: string;
                priority: number;
                cell: components["schemas"]["MatrixCell"];
            }[];
            sources: components["schemas"]["SourceReading"][];
            scans: {
                id: string;
                at: components["schemas"]["Instant"];
                exitCode: number;
                sources: number;
                revision: string;
            }[];
            /** @description Declared changes that are not applied yet. */
            pending: number;
            recent: components["schemas"]["Happening"][];
        };
        ResourceRow: {
            source: string;
            kind: string;
            key: string;
            layer: components["schemas"]["Layer"];
            workload?: string;
            planes: components["schemas"]["Plane"][];
            findings: number;
        };
        ResourceSide: {
            plane: components["schemas"]["Plane"];
            attributes: unknown;
            place?: string;
            actor?: string;
            at?: string;
            takenAt: components["schemas"]["Instant"];
        };
        /** @description One side of a finding. Secrets are digests. */
        Side: {
            from: string;
            present: boolean;
            value?: unknown;
            place?: string;
        };
        Approval: {
            id: string;
            /** @enum {string} */
            state: "holds" | "broken" | "expired";
            expiring?: boolean;
            category: components["schemas"]["ApprovedCategory"];
            reason: string;
            owner: string;
            approver: string;
            ticket?: string;
            expires: string;
            constraint: string;
        };
        Finding: {
            fingerprint: string;
            cause: string;
            partOf?: string;
            axis: string;
            verdict: components["schemas"]["Verdict"];
            severity: components["schemas"]["Severity"];
            environment: string;
            reference?: string;
            source: string;
            layer: components["schemas"]["Layer"];
            kind: string;
            key: string;
            name: string;
            path: string;
            workload?: string;
            owner?: string;
            expected: components["schemas"]["Side"];
            actual: components["schemas"]["Side"];
            attribution: {
                actor?: string;
                at?: string;
                via?: string;
            };
            headline: components["schemas"]["HeadlinePart"][];
            advice: string;
            approval?: components["schemas"]["Approval"];
            policy?: string;
            problem?: components["schemas"]["Problem"];
            trace: string[];
        };
        Handling: {
            assignee?: string;
            snoozedUntil?: components["schemas"]["Instant"];
            snoozeReason?: string;
            snoozedBy?: string;
        };
        /** @enum {string} */
        FindingState: "open" | "approved" | "snoozed" | "resolved";
        /** @description Findings with one cause: one row with its blast radius. */
        FindingRow: {
            /** @description The finding that speaks for the cause. */
            fingerprint: string;
            cause: string;
            verdict: components["schemas"]["Verdict"];
            severity: components["schemas"]["Severity"];
            headline: components["schemas"]["HeadlinePart"][];
            layer: components["schemas"]["Layer"];
            kind: string;
            environments: string[];
            /** @description Findings with this cause that the filter takes. */
            findings: number;
            resources: number;
            firstSeen: components["schemas"]["Instant"];
            /** @description First seen within a day. */
            isNew: boolean;
            owner?: string;
            workload?: string;
            /** @description Id of the approved difference that bears on it. */
            approval?: string;
            handling: components["schemas"]["Handling"];
        };
        /** @description Findings by each field, under the other filters. */
        FindingFacets: {
            verdict: {
                [key: string]: number;
            };
            severity: {
                [key: string]: number;
            };
            environment: {
                [key: string]: number;
            };
            layer: {
                [key: string]: number;
            };
            workload: {
                [key: string]: number;
            };
            owner: {
                [key: string]: number;
            };
        };
        FindingEvent: {
            at: components["schemas"]["Instant"];
            /** @enum {string} */
            what: "seen" | "changed" | "resolved" | "reopened" | "assigned" | "snoozed" | "woken" | "requested" | "approved" | "declined" | "deployed";
            text: string;
            actor?: string;
            verdict?: components["schemas"]["Verdict"];
            severity?: components["schemas"]["Severity"];
        };
        FindingPage: {
            finding: components["schemas"]["Finding"];
            state: components["schemas"]["FindingState"];
            history: {
                firstSeen: components["schemas"]["Instant"];
                lastSeen: components["schemas"]["Instant"];
                resolvedAt?: components["schemas"]["Instant"];
                reopened: number;
            };
            /** @description Newest first. */
            events: components["schemas"]["FindingEvent"][];
            handling: components["schemas"]["Handling"];
            cause: {
                findings: number;
                resources: number;
                environments: string[];
                others: {
                    fingerprint: string;
                    environment: string;
                    name: string;
                    path: string;
                    severity: components["schemas"]["Severity"];
                }[];
            };
            workload?: {
                name: string;
                title: string;
                owner: string;
                priority: number;
                hosting: string;
                rto?: number;
                rpo?: number;
            };
            policy?: {
                code: string;
                title: string;
                expression?: string;
            };
            /** @description Ids of approval requests about it that are open. */
            requests: string[];
            /** @description Whether Leeway can write the change to code that would end it. */
            mayReconcile: boolean;
        };
        PolicyRow: {
            code: string;
            title: string;
            pack: string;
            severity: components["schemas"]["Severity"];
            kinds: string[];
            /** @description CEL; absent for compiled Rego bundles. */
            expression?: string;
            remediation: string;
            place?: components["schemas"]["Place"];
            failing: number;
            /** @description Failing resources that an approved difference accepts. */
            excepted: number;
            /** @description Failing resources by environment. */
            byEnvironment: {
                [key: string]: number;
            };
        };
        /** @description A role where it holds: everywhere, or in what the patterns name. */
        Grant: {
            /** @enum {string} */
            role: "viewer" | "operator" | "application-owner" | "approver" | "security" | "admin";
            environments?: string[];
            workloads?: string[];
        };
        Person: {
            id: string;
            name: string;
            email?: string;
            /** @enum {string} */
            kind: "person" | "machine";
        };
        Me: {
            person: components["schemas"]["Person"];
            grants: components["schemas"]["Grant"][];
            /** @description Held somewhere; a grant says where. */
            permissions: ("findings:read" | "findings:act" | "approvals:request" | "approvals:decide" | "policies:evaluate" | "scans:run" | "jobs:manage" | "sources:check" | "deployments:record" | "evidence:read" | "settings:read" | "settings:propose" | "tokens:manage" | "access:manage")[];
            /** @description To be sent as x-csrf-token with every write of a session; tokens need none. */
            csrf?: string;
            estate: {
                name: string;
                title: string;
                isExample: boolean;
                revision: string;
                asOf?: string;
            };
            version: string;
        };
        ApiToken: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "personal" | "machine";
            owner: string;
            prefix: string;
            permissions: ("findings:read" | "findings:act" | "approvals:request" | "approvals:decide" | "policies:evaluate" | "scans:run" | "jobs:manage" | "sources:check" | "deployments:record" | "evidence:read" | "settings:read" | "settings:propose" | "tokens:manage" | "access:manage")[];
            environments: string[];
            createdAt: components["schemas"]["Instant"];
            expiresAt: components["schemas"]["Instant"];
            lastUsedAt?: components["schemas"]["Instant"];
            revokedAt?: components["schemas"]["Instant"];
        };
        Delivery: {
            id: string;
            channel: string;
            at: components["schemas"]["Instant"];
            /** @enum {string} */
            state: "waiting" | "delivered" | "failed" | "dropped";
            attempts: number;
            summary: string;
            findings: number;
            error?: string;
        };
        /** @description Declared in Git like everything else: changed by a commit, shown here. */
        ServerSettings: {
            /** @description File of the estate repository that holds them. */
            place: components["schemas"]["Place"];
            /** @description That file; secrets in it are names of variables, never values. */
            text: string;
            problems: components["schemas"]["Problem"][];
            signIn: {
                oidc?: {
                    title: string;
                    issuer: string;
                    clientId: string;
                };
                local: boolean;
                groups: {
                    group: string;
                    grants: components["schemas"]["Grant"][];
                }[];
            };
            schedules: {
                name: string;
                cron: string;
                zone: string;
                environments: string[];
                sources: string[];
                nextRun?: components["schemas"]["Instant"];
            }[];
            channels: {
                name: string;
                kind: string;
                /** @description Without secrets. */
                target: string;
                quiet?: string;
            }[];
            routes: {
                channel: string;
                owners: string[];
                environments: string[];
                severity: components["schemas"]["Severity"];
            }[];
            hooks: {
                name: string;
                url: string;
                verified: boolean;
            }[];
            hosting?: {
                kind: string;
                repository: string;
            };
        };
        /** @description How an environment or layer stood over time, as states that follow each other. */
        Lane: {
            environment: string;
            /** @description Absent for the environment as a whole. */
            layer?: components["schemas"]["Layer"];
            segments: {
                from: components["schemas"]["Instant"];
                to: components["schemas"]["Instant"];
                open: number;
                /** @description The worst open one; absent while clean. */
                verdict?: components["schemas"]["Verdict"];
                severity?: components["schemas"]["Severity"];
                /** @description False before the first scan. */
                checked: boolean;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listSignInWays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        oidc?: {
                            title: string;
                            url: string;
                        };
                        /** @description Whether there are local accounts. */
                        local: boolean;
                        /** @description Whether the server waits for the one-time link it printed. */
                        setUp: boolean;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    useSetUpLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    link: string;
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the identity provider ends its own session, when one signed in there. */
                        next?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: {
                rows?: "layer" | "workload";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listEnvironments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EnvironmentSummary"][];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPage"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listResources: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                source?: string;
                kind?: string;
                layer?: string;
                workload?: string;
                q?: string;
            };
            header?: never;
            path: {
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ResourceRow"][];
                        next?: string;
                        /** @description Known without a filter. */
                        total?: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getResource: {
        parameters: {
            query: {
                source: string;
                kind: string;
                key: string;
            };
            header?: never;
            path: {
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        source: string;
                        kind: string;
                        key: string;
                        sides: components["schemas"]["ResourceSide"][];
                        findings: string[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    compare: {
        parameters: {
            query: {
                left: components["schemas"]["ComparisonSideInput"];
                right: components["schemas"]["ComparisonSideInput"];
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                layer?: string;
                workload?: string;
                kind?: string;
                show?: "differing" | "approved" | "all";
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    compareResource: {
        parameters: {
            query: {
                left: components["schemas"]["ComparisonSideInput"];
                right: components["schemas"]["ComparisonSideInput"];
                source: string;
                kind: string;
                key: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        source: string;
                        kind: string;
                        key: string;
                        left?: {
                            name: string;
                            place?: string;
                            attributes: unknown;
                        };
                        right?: {
                            name: string;
                            place?: string;
                            attributes: unknown;
                        };
                        attributes: components["schemas"]["ComparedAttribute"][];
                        /** @description Attributes that are equal after normalisation. */
                        equal: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listMoments: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            at: components["schemas"]["Instant"];
                            revision: string;
                            exitCode: number;
                        }[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listFindings: {
        parameters: {
            query?: {
                state?: components["schemas"]["FindingStateInput"];
                verdict?: string;
                severity?: string;
                environment?: string;
                layer?: string;
                workload?: string;
                owner?: string;
                kind?: string;
                source?: string;
                policy?: string;
                assignee?: string;
                /** @description Ids of approved differences. */
                approval?: string;
                since?: components["schemas"]["InstantInput"];
                /** @description Words that the sentence, the name or the path must have. */
                q?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                sort?: "severity" | "newest" | "oldest" | "blast";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FindingRow"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                        /** @description Items in all pages. */
                        total: number;
                        /** @description Findings behind all rows. */
                        findings: number;
                        facets: components["schemas"]["FindingFacets"];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getFinding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fingerprint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingPage"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listCause: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                cause: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Finding"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                        /** @description Items in all pages. */
                        total: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    handleFindings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    fingerprints?: string[];
                    /** @default [] */
                    causes?: string[];
                    /** @description null takes the assignment back. */
                    assignee?: string | null;
                    /** @description null wakes it. */
                    snooze?: {
                        until: components["schemas"]["InstantInput"];
                        reason: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        handled: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    previewReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fingerprint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        file: string;
                        before: string;
                        after: string;
                        /** @description Unified diff. */
                        patch: string;
                        revision: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    proposeReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fingerprint: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the preview: what was shown is what is committed. */
                    revision: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        branch: string;
                        commit: string;
                        pushed: boolean;
                        pullRequest?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listApproved: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                state?: string;
                category?: string;
                owner?: string;
                environment?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApprovedDifference"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                        /** @description Items in all pages. */
                        total: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getApproved: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /**
                         * @description idle: silences nothing now.
                         * @enum {string}
                         */
                        state: "active" | "expiring" | "expired" | "broken" | "idle";
                        category: components["schemas"]["ApprovedCategory"];
                        reason: string;
                        owner: string;
                        approver: string;
                        ticket?: string;
                        /** @description As it was written, with its zone. */
                        expires: string;
                        expiresAt: components["schemas"]["Instant"];
                        /** @description Patterns; empty for all. */
                        environments: string[];
                        workload?: string;
                        kind: string;
                        key: string;
                        path?: string;
                        policy?: string;
                        constraint: string;
                        place: components["schemas"]["Place"];
                        silences: number;
                        layers: components["schemas"]["Layer"][];
                        silenced: components["schemas"]["Silenced"][];
                        /** @description As YAML. */
                        record: string;
                        history: {
                            at: components["schemas"]["Instant"];
                            actor: string;
                            commit: string;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    previewApproval: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalWishInput"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordId: string;
                        record: string;
                        file: string;
                        constraint: string;
                        silences: components["schemas"]["Silenced"][];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listApprovalRequests: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                state?: string;
                mine?: "requested" | "to-decide";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApprovalRequest"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                        /** @description Items in all pages. */
                        total: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    requestApproval: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalWishInput"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalRequest"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getApprovalRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalRequest"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    withdrawApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalRequest"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "decline";
                    /** @default  */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalRequest"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        environments: string[];
                        packs: {
                            name: string;
                            title: string;
                            builtin: boolean;
                            policies: number;
                            failing: number;
                        }[];
                        items: components["schemas"]["PolicyRow"][];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listFailing: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            fingerprint: string;
                            environment: string;
                            layer: components["schemas"]["Layer"];
                            kind: string;
                            name: string;
                            path: string;
                            message: string;
                            severity: components["schemas"]["Severity"];
                            approval?: string;
                        }[];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                        /** @description Items in all pages. */
                        total: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    evaluatePolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expression: string;
                    environment: string;
                    /** @description `*` as wildcard. */
                    kind: string;
                    plane?: components["schemas"]["PlaneInput"];
                    /** @default 100 */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        evaluated: number;
                        passing: number;
                        failing: number;
                        milliseconds: number;
                        /** @description The expression itself is wrong. */
                        fault?: {
                            message: string;
                            line?: number;
                            column?: number;
                        };
                        results: {
                            source: string;
                            kind: string;
                            key: string;
                            /** @enum {string} */
                            outcome: "pass" | "fail" | "error";
                            message?: string;
                        }[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                from?: components["schemas"]["InstantInput"];
                to?: components["schemas"]["InstantInput"];
                environment?: string;
                by?: "environment" | "layer";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: components["schemas"]["Instant"];
                        to: components["schemas"]["Instant"];
                        lanes: components["schemas"]["Lane"][];
                        marks: {
                            /** @enum {string} */
                            what: "release" | "break-glass" | "freeze" | "estate";
                            environment?: string;
                            from: components["schemas"]["Instant"];
                            to?: components["schemas"]["Instant"];
                            title: string;
                            actor?: string;
                        }[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listHappenings: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                from?: components["schemas"]["InstantInput"];
                to?: components["schemas"]["InstantInput"];
                environment?: string;
                layer?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Happening"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SourceReading"][];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    checkSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    environment: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            plane: components["schemas"]["Plane"];
                            connector: string;
                            ok: boolean;
                            capabilities: {
                                what: string;
                                ok: boolean;
                                problem?: components["schemas"]["Problem"];
                            }[];
                            problems: components["schemas"]["Problem"][];
                            permissions: string[];
                        }[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    startScan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    environments?: string[];
                    /** @default [] */
                    sources?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Job"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    replayJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    followJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    followEstate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    recordDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    environment: string;
                    revision: string;
                    /**
                     * @description All sources of the environment where none are named.
                     * @default []
                     */
                    sources?: string[];
                    at?: components["schemas"]["InstantInput"];
                    actor?: string;
                    /** @default true */
                    scan?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sources: string[];
                        job?: components["schemas"]["Job"];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                actor?: string;
                action?: string;
                outcome?: string;
                from?: components["schemas"]["InstantInput"];
                to?: components["schemas"]["InstantInput"];
                q?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                from?: components["schemas"]["InstantInput"];
                to?: components["schemas"]["InstantInput"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: {
                /** @description Hash of an entry that was there once: shows whether the log was cut off. */
                head?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        intact: boolean;
                        entries: number;
                        /** @description Hash of the newest entry: keep it elsewhere, and a cut-off log shows too. */
                        head?: string;
                        broken?: {
                            seq: number;
                            reason: string;
                        };
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    exportEvidence: {
        parameters: {
            query?: {
                format?: "json" | "csv" | "html";
                environment?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerSettings"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    validateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["Problem"][];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    proposeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        branch: string;
                        commit: string;
                        pushed: boolean;
                        pullRequest?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiToken"][];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /**
                     * @description Machine tokens need tokens:manage.
                     * @default personal
                     * @enum {string}
                     */
                    kind?: "personal" | "machine";
                    permissions: ("findings:read" | "findings:act" | "approvals:request" | "approvals:decide" | "policies:evaluate" | "scans:run" | "jobs:manage" | "sources:check" | "deployments:record" | "evidence:read" | "settings:read" | "settings:propose" | "tokens:manage" | "access:manage")[];
                    /** @default [] */
                    environments?: string[];
                    days: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: components["schemas"]["ApiToken"];
                        secret: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            person: components["schemas"]["Person"];
                            local: boolean;
                            groups: string[];
                            grants: components["schemas"]["Grant"][];
                            lastSeenAt?: components["schemas"]["Instant"];
                            disabled: boolean;
                        }[];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                        /** @description Items in all pages. */
                        total: number;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    addLocalAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    password: string;
                    /** @enum {string} */
                    role: "viewer" | "operator" | "application-owner" | "approver" | "security" | "admin";
                    /** @default [] */
                    environments?: string[];
                    /** @default [] */
                    workloads?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    disableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        /** @description Cursor of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    testChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                q: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            what: "environment" | "workload" | "finding" | "approved" | "policy" | "source";
                            id: string;
                            title: string;
                            detail?: string;
                        }[];
                    };
                };
            };
            /** @description A coded problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDocument"];
                };
            };
        };
    };
}
