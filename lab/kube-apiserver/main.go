// One binary with the parts of a Kubernetes control plane that the tests need: a real kube-apiserver with its
// defaulting and admission, an etcd to keep its objects in, and the controller manager that makes ReplicaSets,
// Endpoints and service accounts. No kubelet: nothing runs, so Pods stay Pending.
package main

import (
	"fmt"
	"net/url"
	"os"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	if len(os.Args) < 2 {
		fail("usage: control-plane etcd <folder> <port> | apiserver <flags> | controller-manager <flags>")
	}
	part := os.Args[1]
	os.Args = append([]string{part}, os.Args[2:]...)
	switch part {
	case "etcd":
		runEtcd(os.Args[1], os.Args[2])
	case "apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "controller-manager":
		os.Exit(cli.Run(controllers.NewControllerManagerCommand()))
	default:
		fail("unknown part " + part)
	}
}

// runEtcd keeps its data in folder and listens on the loopback port given; its peer port is the next one.
func runEtcd(folder, port string) {
	var number int
	if _, err := fmt.Sscanf(port, "%d", &number); err != nil {
		fail("not a port: " + port)
	}
	client := []url.URL{{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", number)}}
	peer := []url.URL{{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", number+1)}}
	config := embed.NewConfig()
	config.Dir = folder
	config.LogLevel = "error"
	config.UnsafeNoFsync = true
	config.ListenClientUrls, config.AdvertiseClientUrls = client, client
	config.ListenPeerUrls, config.AdvertisePeerUrls = peer, peer
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	server, err := embed.StartEtcd(config)
	if err != nil {
		fail(err.Error())
	}
	fail((<-server.Err()).Error())
}

func fail(reason string) {
	fmt.Fprintln(os.Stderr, reason)
	os.Exit(1)
}
